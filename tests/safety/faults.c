/* Loaded before the C library: a disk that fails and a clock that jumps, as told in a file that both sides map.

   The file named by FAULTS_FILE holds: seconds that are added to the time of day, the error number that writes into the
   folder FAULTS_FOLDER fail with (0: none do), how many times a file of it was brought to the disk for good. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

struct told { long seconds; long error; long synced; };

static struct told none, *told = &none;
static char folder[4096];

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAULTS_FILE"), *where = getenv("FAULTS_FOLDER");
  int fd = file ? open(file, O_RDWR) : -1;
  if (fd < 0) { return; }
  void *mapped = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (mapped != MAP_FAILED) { told = mapped; }
  if (where) { snprintf(folder, sizeof folder, "%s/", where); }
}

static int is_ours(int fd) {
  char name[64], path[4096];
  ssize_t length;
  if (!folder[0]) { return 0; }
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink(name, path, sizeof path - 1);
  if (length < 0) { return 0; }
  path[length] = 0;
  return strncmp(path, folder, strlen(folder)) == 0;
}

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))
#define FAIL(fd) do { if (told->error && is_ours(fd)) { errno = (int) told->error; return -1; } } while (0)

ssize_t write(int fd, const void *data, size_t size) { FAIL(fd); return REAL(write)(fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { FAIL(fd); return REAL(pwrite)(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  FAIL(fd);
  return REAL(pwrite64)(fd, data, size, at);
}
int ftruncate(int fd, off_t size) { FAIL(fd); return REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { FAIL(fd); return REAL(ftruncate64)(fd, size); }

int fsync(int fd) {
  FAIL(fd);
  if (is_ours(fd)) { __sync_fetch_and_add(&told->synced, 1); }
  return REAL(fsync)(fd);
}
int fdatasync(int fd) {
  FAIL(fd);
  if (is_ours(fd)) { __sync_fetch_and_add(&told->synced, 1); }
  return REAL(fdatasync)(fd);
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int failed = REAL(clock_gettime)(clock, at);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) { at->tv_sec += told->seconds; }
  return failed;
}
int gettimeofday(struct timeval *at, void *zone) {
  int failed = REAL(gettimeofday)(at, zone);
  if (!failed) { at->tv_sec += told->seconds; }
  return failed;
}
time_t time(time_t *at) {
  time_t found = REAL(time)(NULL) + told->seconds;
  if (at) { *at = found; }
  return found;
}
