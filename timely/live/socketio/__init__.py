"""Socket.IO transport. Only this package uses private names of the libraries, and checks that they are as expected."""
