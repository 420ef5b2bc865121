/* The least that a fan-out can cost: one ready WebSocket frame, one send() for each socket, in a plain loop.
 *
 *   bare PORT MESSAGE        MESSAGE: a file with the frame's text, in which @@ stands for the round
 *
 * A GET is a WebSocket's handshake, answered in any case; POST /fire/7 sends the message of round 7 to all who are
 * connected. No protocol, no queue, no slow clients: nobody would run this, and nothing can be much faster. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 65536

/* To the key that fan.c always sends. */
static const char HANDSHAKE[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                "Sec-WebSocket-Accept: HSmrc0sMlYUkAGmm5OPpG2HaGWk=\r\n\r\n";
static const char DONE[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

static int listeners[MOST], count, place[MOST];
static unsigned char frame[MOST];
static char message[MOST];

static size_t make_frame(int number) {
  char text[MOST];
  char *gap = strstr(message, "@@");
  size_t size = sprintf(text, "%.*s%d%s", (int)(gap - message), message, number, gap + 2), head = size < 126 ? 2 : 4;
  frame[0] = 0x81;
  if (head == 2) frame[1] = size;
  else frame[1] = 126, frame[2] = size >> 8, frame[3] = size & 255;
  memcpy(frame + head, text, size);
  return head + size;
}

static void send_to_all(int number) {
  size_t size = make_frame(number);
  for (int i = 0; i < count; i++)
    for (size_t sent = 0; sent < size;) {
      ssize_t now = send(listeners[i], frame + sent, size - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (now < 0 && errno != EAGAIN) break;
      struct pollfd full = {.fd = listeners[i], .events = POLLOUT};
      if (now < 0) poll(&full, 1, 1000);
      else sent += now;
    }
}

static void leave(int fd) {
  if (place[fd]) { /* the last one takes the place of who leaves */
    int last = listeners[--count];
    listeners[place[fd] - 1] = last;
    place[last] = place[fd];
    place[fd] = 0;
  }
  close(fd);
}

static void receive(int fd) {
  char request[8192];
  ssize_t size = recv(fd, request, sizeof request - 1, MSG_DONTWAIT);
  if (size <= 0) {
    if (size == 0 || errno != EAGAIN) leave(fd);
  } else if (place[fd]) {
    /* a pong: nothing to do */
  } else if (!strncmp(request, "POST /fire/", 11)) {
    request[size] = 0;
    send_to_all(atoi(request + 11));
    send(fd, DONE, sizeof DONE - 1, MSG_NOSIGNAL);
    close(fd);
  } else if (!strncmp(request, "GET ", 4)) {
    send(fd, HANDSHAKE, sizeof HANDSHAKE - 1, MSG_NOSIGNAL);
    listeners[count] = fd;
    place[fd] = ++count;
  }
}

int main(int number, char **words) {
  if (number != 3) return 2;
  FILE *file = fopen(words[2], "r");
  if (!file) { perror(words[2]); return 2; }
  message[fread(message, 1, sizeof message - 100, file)] = 0;
  fclose(file);
  if (!strstr(message, "@@")) return 2;
  signal(SIGPIPE, SIG_IGN);
  int door = socket(AF_INET, SOCK_STREAM, 0), yes = 1, all = epoll_create1(0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(door, (struct sockaddr *)&address, sizeof address) || listen(door, 4096)) { perror("listen"); return 1; }
  struct epoll_event event = {.events = EPOLLIN, .data.fd = door}, found[256];
  epoll_ctl(all, EPOLL_CTL_ADD, door, &event);
  for (;;)
    for (int i = 0, n = epoll_wait(all, found, 256, -1); i < n; i++) {
      if (found[i].data.fd != door) { receive(found[i].data.fd); continue; }
      int fd = accept(door, NULL, NULL);
      if (fd < 0) continue;
      if (fd >= MOST) { close(fd); continue; }
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      event.data.fd = fd;
      epoll_ctl(all, EPOLL_CTL_ADD, fd, &event);
    }
}
