/* fan: many receivers on one server. Each round triggers one change by HTTP and times its arrival at every receiver.
 *
 *   fan MODE HOST PORT CLIENTS ROUNDS GAP_MS SUBSCRIBE TRIGGER MARK PIDS
 *
 * PORT       or several with commas between: the clients go to each in turn, the triggers to the first
 * MODE       sio   Socket.IO over WebSocket        poll  Socket.IO over long-polling
 *            ws    WebSocket, SUBSCRIBE is a path  sse   event stream, SUBSCRIBE is a path
 *            xhr   Timely's polling, SUBSCRIBE is a path; &epoch=…&results=… is added as a page does
 * ROUNDS     how many, 0 to connect only; or the word storm: then nothing is triggered. When all are connected it says "ready" and
 *            waits for the server to go, dials again without a pause until it is back, and times how long it takes
 *            until MARK (a snapshot) has reached everybody. Says "open" when the first is connected again.
 * SUBSCRIBE  for sio and poll: the packet after the connect; 420["subscribe",{…}] also waits for its answer;
 *            or several with line ends between: the clients take them in turn
 * TRIGGER    a file with a whole HTTP request; %d is the round, and "Content-Length: @" is filled in
 * MARK       with one %d, the round, as it stands in the message's JSON without spaces
 * PIDS       processes of the server with commas between, for processor time and memory; their children count too
 *
 * Prints one line of JSON. Ends by itself after ten minutes at the latest. Build: cc -O2 -o fan fan.c */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define SCRATCH (8 << 20) /* the largest message; what is not whole yet is all that a client keeps */
#define MOST_DIALLING 40
#define PATIENCE 15.0
#define AGAIN 0.1 /* seconds between two tries to connect while the server is away */

enum Mode { SIO, WS, SSE, POLL, XHR };
static const char *const MODES[] = {"sio", "ws", "sse", "poll", "xhr"};
enum State { AWAY, DIALLING, HEAD, OPENED, JOINING, READY, DEAD };
/* Socket.IO over long-polling: what was asked last. */
enum Step { HANDSHAKE, CONNECT, ACCEPTED, SUBSCRIBED, LISTENING, PONG };

typedef struct {
  int fd, state, step, got, is_chunked, left_size;
  char *left; /* received and not whole yet */
  double again_at, began;
  long version;
  char sid[48], epoch[24];
} Client;

static enum Mode mode;
static const char *host;
#define MOST_WAYS 16
static char *ways[MOST_WAYS]; /* what is subscribed to */
static char marks[2][256]; /* as the JSON may be spelled: without and with spaces */
#define MOST_DOORS 16
static struct sockaddr_in doors[MOST_DOORS];
static int door_count, way_count, count, poll_fd, is_storm, ready, dead, refused, arrived, round_no, bad_triggers, message_bytes;
static int was_open, trigger_fd = -1;
static double round_at, heard_at, opened_at, *latencies;
static Client *clients;
static char *scratch;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static const char *way_of(Client *one) { return ways[(one - clients) % way_count]; }
static struct sockaddr_in *door_of(Client *one) { return &doors[(one - clients) % door_count]; }
static int port_of(Client *one) { return ntohs(door_of(one)->sin_port); }
/* Of so many kinds of browser: a proxy may share them out among its servers by that. */
static int kind_of(Client *one) { return (one - clients) % 16; }

static void set_state(Client *one, int state) {
  ready += (state == READY) - (one->state == READY);
  dead += (state == DEAD) - (one->state == DEAD);
  one->state = state;
}

/* -- sending: requests are small, so a full socket is rare and waited for -- */

static void send_all(int fd, const char *bytes, size_t size) {
  while (size) {
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN) return;
    if (sent < 0) { usleep(200); continue; }
    bytes += sent, size -= sent;
  }
}

static void send_frame(int fd, int opcode, const char *text) {
  size_t size = strlen(text), head = 2;
  unsigned char frame[4096] = {0x80 | opcode};
  if (size > 4000) { fprintf(stderr, "too long to send: %zu bytes\n", size); exit(2); }
  if (size < 126) frame[1] = 0x80 | size;
  else frame[1] = 0x80 | 126, frame[2] = size >> 8, frame[3] = size & 255, head = 4;
  memset(frame + head, 0, 4); /* a mask of zeros masks nothing */
  memcpy(frame + head + 4, text, size);
  send_all(fd, (char *)frame, head + 4 + size);
}

static void ask(Client *one, const char *body) {
  char request[4096];
  if (body)
    sprintf(request, "POST /socket.io/?EIO=4&transport=polling&sid=%s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: fan %d\r\n"
            "Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %zu\r\n\r\n%s",
            one->sid, host, port_of(one), kind_of(one), strlen(body), body);
  else if (mode == POLL)
    sprintf(request, "GET /socket.io/?EIO=4&transport=polling%s%s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: fan %d\r\n\r\n",
            one->sid[0] ? "&sid=" : "", one->sid, host, port_of(one), kind_of(one));
  else {
    char has[64] = "";
    if (one->epoch[0]) sprintf(has, "&epoch=%s&results=%ld", one->epoch, one->version);
    sprintf(request, "GET %s%s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: fan %d\r\n\r\n", way_of(one), has, host, port_of(one),
            kind_of(one));
  }
  send_all(one->fd, request, strlen(request));
}

static void greet(Client *one) {
  char request[2048];
  if (mode == POLL || mode == XHR) { ask(one, NULL); return; }
  if (mode == SSE)
    sprintf(request, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: fan %d\r\nAccept: text/event-stream\r\n\r\n", way_of(one), host,
            port_of(one), kind_of(one));
  else
    sprintf(request, "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUser-Agent: fan %d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n",
            mode == SIO ? "/socket.io/?EIO=4&transport=websocket" : way_of(one), host, port_of(one),
            kind_of(one));
  send_all(one->fd, request, strlen(request));
}

/* -- coming and going -- */

static void drop(Client *one) {
  if (one->fd >= 0) close(one->fd);
  free(one->left);
  one->fd = -1, one->left = NULL, one->left_size = 0, one->sid[0] = 0, one->step = HANDSHAKE, one->is_chunked = 0;
  set_state(one, is_storm ? AWAY : DEAD);
  one->again_at = now() + AGAIN;
}

static void refuse(Client *one, const char *answer, long size) {
  if (!refused++) fprintf(stderr, "refused: %.*s\n", (int)(size < 200 ? size : 200), answer);
  drop(one);
}

static void dial(Client *one) {
  int yes = 1;
  one->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (one->fd < 0) { perror("socket"); exit(1); }
  setsockopt(one->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  set_state(one, DIALLING);
  one->began = now();
  if (connect(one->fd, (struct sockaddr *)door_of(one), sizeof *doors) < 0 && errno != EINPROGRESS) { drop(one); return; }
  struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = one};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, one->fd, &event);
}

static void answered_the_phone(Client *one) {
  int fault = 0;
  socklen_t size = sizeof fault;
  getsockopt(one->fd, SOL_SOCKET, SO_ERROR, &fault, &size);
  if (fault) { drop(one); return; }
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = one};
  epoll_ctl(poll_fd, EPOLL_CTL_MOD, one->fd, &event);
  if (was_open && !opened_at) { opened_at = now(); printf("open\n"); fflush(stdout); }
  set_state(one, HEAD);
  greet(one);
}

/* -- what arrives -- */

static void look_for_mark(Client *one, const char *text, long size) {
  if (!round_no || one->got == round_no) return;
  if (!memmem(text, size, marks[0], strlen(marks[0])) && !memmem(text, size, marks[1], strlen(marks[1]))) return;
  one->got = round_no;
  message_bytes = size;
  latencies[arrived++] = now() - round_at;
}

static void packet(Client *one, char *text, long size) { /* of Socket.IO */
  int waits = !strncmp(way_of(one), "420", 3);
  if (size == 1 && text[0] == '2') {
    if (mode == SIO) send_frame(one->fd, 1, "3");
    else one->step = PONG;
  } else if (one->state == OPENED && text[0] == '0') {
    if (mode == SIO) send_frame(one->fd, 1, "40");
    set_state(one, JOINING);
  } else if (one->state == JOINING && size > 1 && !strncmp(text, "40", 2)) {
    if (mode == SIO && *way_of(one)) send_frame(one->fd, 1, way_of(one));
    if (!waits) set_state(one, READY);
  } else if (one->state == JOINING && size > 3 && !strncmp(text, "430", 3)) {
    if (memmem(text, size, "\"ok\":false", 10)) refuse(one, text, size);
    else set_state(one, READY);
  } else
    look_for_mark(one, text, size);
}

static long eat_frames(Client *one, char *bytes, long size) { /* how much was whole */
  long eaten = 0;
  while (size - eaten >= 2) {
    unsigned char *frame = (unsigned char *)bytes + eaten;
    long length = frame[1] & 127, head = 2;
    if (length == 126) head = 4;
    if (length == 127) head = 10;
    if (size - eaten < head) break;
    if (head == 4) length = frame[2] << 8 | frame[3];
    if (head == 10) {
      length = 0;
      for (int i = 2; i < 10; i++) length = length << 8 | frame[i];
    }
    if (size - eaten < head + length) break;
    int opcode = frame[0] & 15;
    if (opcode == 9) send_frame(one->fd, 10, "");
    else if (opcode == 8) { drop(one); return size; }
    else if (mode == SIO) packet(one, (char *)frame + head, length);
    else look_for_mark(one, (char *)frame + head, length);
    if (one->fd < 0) return size;
    eaten += head + length;
  }
  return eaten;
}

static long eat_chunks(Client *one, char *bytes, long size) {
  if (!one->is_chunked) { look_for_mark(one, bytes, size); return size; }
  long eaten = 0;
  for (char *line; (line = memmem(bytes + eaten, size - eaten, "\r\n", 2));) {
    long length = strtol(bytes + eaten, NULL, 16), head = line + 2 - (bytes + eaten);
    if (size - eaten < head + length + 2) break;
    look_for_mark(one, bytes + eaten + head, length);
    eaten += head + length + 2;
  }
  return eaten;
}

static void follow_up(Client *one, char *body, long size) { /* an answer to a poll is whole: ask again */
  if (mode == XHR) {
    char *found = memmem(body, size, "\"heartbeat\"", 11), *word;
    if (found && (word = memmem(found, body + size - found, "\"epoch\"", 7)))
      sscanf(word + 7, " : \"%23[^\"]", one->epoch);
    if (found && (word = memmem(found, body + size - found, "\"results\"", 9)))
      sscanf(word + 9, " : %ld", &one->version);
    set_state(one, READY);
    look_for_mark(one, body, size);
    ask(one, NULL);
    return;
  }
  if (one->step == HANDSHAKE) {
    char *sid = memmem(body, size, "\"sid\":\"", 7);
    if (!sid) { refuse(one, body, size); return; }
    sscanf(sid + 7, "%47[^\"]", one->sid);
    set_state(one, JOINING);
    one->step = CONNECT;
    ask(one, "40");
    return;
  }
  int was = one->step;
  if (was == ACCEPTED || was == LISTENING)
    for (char *from = body, *to; from < body + size && one->fd >= 0; from = to + 1) {
      to = memchr(from, 0x1e, body + size - from);
      if (!to) to = body + size;
      packet(one, from, to - from);
    }
  if (one->fd < 0) return;
  if (one->step == PONG && was != PONG) { ask(one, "3"); return; }
  one->step = was == CONNECT ? ACCEPTED : was == ACCEPTED && *way_of(one) ? SUBSCRIBED : LISTENING;
  ask(one, one->step == SUBSCRIBED ? way_of(one) : NULL);
}

static long eat_answers(Client *one, char *bytes, long size) {
  long eaten = 0;
  while (one->fd >= 0) {
    char *from = bytes + eaten, *body = memmem(from, size - eaten, "\r\n\r\n", 4);
    if (!body) break;
    body += 4;
    long length = -1;
    for (char *line = from; line < body - 4 && length < 0; line = (char *)memchr(line, '\n', body - line) + 1)
      if (!strncasecmp(line, "content-length:", 15)) length = atol(line + 15);
    if (length < 0 || strncmp(from + 8, " 200", 4)) { refuse(one, from, body - from); return size; }
    if (size - (body - bytes) < length) break;
    eaten = body + length - bytes;
    follow_up(one, body, length);
  }
  return eaten;
}

static long eat(Client *one, char *bytes, long size) {
  if (mode == POLL || mode == XHR) return eat_answers(one, bytes, size);
  long head = 0;
  if (one->state == HEAD) {
    char *end = memmem(bytes, size, "\r\n\r\n", 4);
    if (!end) return 0;
    head = end + 4 - bytes;
    if (strncmp(bytes + 8, mode == SSE ? " 200" : " 101", 4)) { refuse(one, bytes, size); return size; }
    end[2] = 0;
    one->is_chunked = strcasestr(bytes, "transfer-encoding: chunked") != NULL;
    set_state(one, mode == SIO ? OPENED : READY);
  }
  return head + (mode == SSE ? eat_chunks : eat_frames)(one, bytes + head, size - head);
}

static void receive(Client *one) {
  while (one->fd >= 0) {
    long size = one->left_size;
    if (size) memcpy(scratch, one->left, size);
    ssize_t more = recv(one->fd, scratch + size, SCRATCH - size - 1, MSG_DONTWAIT);
    if (more < 0 && errno == EAGAIN) return;
    if (more <= 0 || size + more >= SCRATCH - 1) { drop(one); return; }
    heard_at = now();
    long eaten = eat(one, scratch, size + more);
    if (one->fd < 0) return;
    free(one->left);
    one->left = NULL, one->left_size = size + more - eaten;
    if (one->left_size) one->left = memcpy(malloc(one->left_size), scratch + eaten, one->left_size);
  }
}

/* -- the clock's hand -- */

static void turn(void) {
  struct epoll_event events[256];
  int found = epoll_wait(poll_fd, events, 256, 10);
  for (int i = 0; i < found; i++) {
    Client *one = events[i].data.ptr;
    if (!one) {
      char answer[8192];
      ssize_t size = recv(trigger_fd, answer, sizeof answer, MSG_DONTWAIT);
      if (size > 12 && !strncmp(answer, "HTTP/1.", 7) && answer[9] != '2' && answer[9] != '3' && !bad_triggers++)
        fprintf(stderr, "the trigger was refused: %.*s\n", (int)(size < 600 ? size : 600), answer);
      if (size == 0 || (size < 0 && errno != EAGAIN)) epoll_ctl(poll_fd, EPOLL_CTL_DEL, trigger_fd, NULL);
    } else if (one->state == DIALLING)
      answered_the_phone(one);
    else if (one->fd >= 0)
      receive(one);
  }
}

static void wait_for_silence(double seconds, double at_most) {
  double until = now() + at_most;
  heard_at = now();
  while (now() < until && now() - heard_at < seconds) turn();
}

static void connect_all(int at_once, double until) {
  for (int next = 0, i; now() < until && (next < count || ready + dead < count); turn()) {
    int under_way = next - ready - dead;
    for (i = 0; next < count && under_way + i < at_once; i++) dial(&clients[next++]);
  }
}

static void trigger(const char *template, int number) {
  char request[65536], body[65536], *to = request;
  for (const char *from = template; *from && to < request + 65000;)
    if (from[0] == '%' && from[1] == 'd') to += sprintf(to, "%d", number), from += 2;
    else *to++ = *from++;
  *to = 0;
  char *length = strstr(request, "Content-Length: @"), *end = strstr(request, "\r\n\r\n");
  if (length && end) {
    int size = strlen(end + 4);
    strcpy(body, length + 17);
    sprintf(length + 16, "%d%s", size, body);
  }
  if (trigger_fd >= 0) close(trigger_fd);
  trigger_fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(trigger_fd, (struct sockaddr *)&doors[0], sizeof *doors) < 0) { perror("trigger"); bad_triggers++; return; }
  send_all(trigger_fd, request, strlen(request));
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, trigger_fd, &event);
}

/* -- what the server spends -- */

static void add_process(int pid, double *cpu, double *memory) {
  char path[64];
  long pages = 0;
  clockid_t clock;
  struct timespec time;
  if (clock_getcpuclockid(pid, &clock) == 0 && clock_gettime(clock, &time) == 0) *cpu += time.tv_sec + time.tv_nsec / 1e9;
  sprintf(path, "/proc/%d/statm", pid);
  FILE *file = fopen(path, "r");
  if (file && fscanf(file, "%*d %ld", &pages) == 1) *memory += (double)pages * sysconf(_SC_PAGESIZE) / 1024;
  if (file) fclose(file);
}

static void spent(const char *pids, double *cpu, double *memory) {
  *cpu = *memory = 0;
  char path[64], line[1024];
  for (const char *rest = pids; rest; rest = strchr(rest, ',') ? strchr(rest, ',') + 1 : NULL) {
    int pid = atoi(rest), parent;
    if (pid <= 0) continue;
    add_process(pid, cpu, memory);
    DIR *all = opendir("/proc");
    for (struct dirent *entry; all && (entry = readdir(all));) {
      int child = atoi(entry->d_name);
      sprintf(path, "/proc/%d/stat", child);
      FILE *file = child > 0 ? fopen(path, "r") : NULL;
      char *after = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
      if (after && sscanf(after + 2, "%*c %d", &parent) == 1 && parent == pid) add_process(child, cpu, memory);
      if (file) fclose(file);
    }
    if (all) closedir(all);
  }
}

static int smaller(const void *one, const void *other) {
  double difference = *(double *)one - *(double *)other;
  return (difference > 0) - (difference < 0);
}

static void set_marks(const char *pattern, int number) {
  char *to = marks[1];
  sprintf(marks[0], pattern, number);
  for (const char *from = marks[0]; *from; from++) {
    *to++ = *from;
    if (*from == ':') *to++ = ' ';
  }
  *to = 0;
}

static void play_rounds(int rounds, int gap, const char *template, const char *mark, const char *pids) {
  double *all = calloc((size_t)count * rounds + 1, sizeof *all), *lasts = calloc(rounds + 1, sizeof *lasts);
  double *firsts = calloc(rounds + 1, sizeof *firsts), *each = calloc(rounds + 1, sizeof *each);
  double cpu[4], memory[3], began = now();
  long deliveries = 0, lost = 0;
  spent(pids, &cpu[0], &memory[0]);
  connect_all(MOST_DIALLING, now() + 120);
  double connected = now();
  spent(pids, &cpu[1], &memory[1]);
  wait_for_silence(0.5, 20);
  spent(pids, &cpu[2], &memory[1]);
  int held = ready;
  double from = now(), before = cpu[2];
  cpu[3] = cpu[2], memory[2] = memory[1];
  for (int number = 1; number <= rounds; number++) {
    int wanted = ready;
    round_no = number, arrived = 0, round_at = now();
    set_marks(mark, number);
    trigger(template, number);
    while (arrived < ready && now() < round_at + PATIENCE) turn();
    memcpy(all + deliveries, latencies, arrived * sizeof *all);
    deliveries += arrived, lost += wanted - arrived;
    firsts[number - 1] = arrived ? latencies[0] : 0;
    lasts[number - 1] = arrived ? latencies[arrived - 1] : PATIENCE;
    for (double until = now() + gap / 1e3; now() < until;) turn();
    spent(pids, &cpu[3], &memory[2]);
    each[number - 1] = cpu[3] - before, before = cpu[3];
  }
  double wall = now() - from;
  qsort(all, deliveries, sizeof *all, smaller);
  qsort(lasts, rounds, sizeof *lasts, smaller);
  qsort(firsts, rounds, sizeof *firsts, smaller);
  qsort(each, rounds, sizeof *each, smaller);
  printf("{\"mode\": \"%s\", \"clients\": %d, \"held\": %d, \"still\": %d, \"refused\": %d, \"rounds\": %d, \"deliveries\": %ld, "
         "\"lost\": %ld, \"bad_triggers\": %d, \"message_bytes\": %d, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
         "\"first_ms\": %.3f, \"last_ms\": %.3f, \"last_p99_ms\": %.3f, \"last_max_ms\": %.3f, \"cpu_s\": %.6f, \"cpu_round_ms\": %.4f, \"wall_s\": %.3f, "
         "\"connect_s\": %.3f, \"connect_cpu_s\": %.6f, \"kb_before\": %.0f, \"kb\": %.0f, \"kb_after\": %.0f}\n",
         MODES[mode], count, held, ready, refused, rounds, deliveries, lost, bad_triggers, message_bytes,
         deliveries ? all[deliveries / 2] * 1e3 : -1, deliveries ? all[(long)(deliveries * 0.99)] * 1e3 : -1,
         firsts[rounds / 2] * 1e3, lasts[rounds / 2] * 1e3, lasts[(long)(rounds * 0.99)] * 1e3, lasts[rounds ? rounds - 1 : 0] * 1e3, cpu[3] - cpu[2], each[rounds / 2] * 1e3, wall,
         connected - began, cpu[2] - cpu[0], memory[0], memory[1], memory[2]);
}

static int count_in(int state) {
  int found = 0;
  for (int i = 0; i < count; i++) found += clients[i].state == state;
  return found;
}

static void weather_the_storm(const char *mark) {
  int tries = 0;
  connect_all(MOST_DIALLING, now() + 120);
  wait_for_silence(0.5, 20);
  int before = ready;
  printf("ready %d\n", before);
  fflush(stdout);
  is_storm = 1;
  for (int i = 0; i < count; i++) /* whoever was not let in comes again as well */
    if (clients[i].state == DEAD) drop(&clients[i]);
  double until = now() + PATIENCE;
  while (count_in(READY) && now() < until) turn();
  double gone_at = now();
  was_open = 1, round_no = 1, arrived = 0, round_at = gone_at;
  set_marks(mark, 0);
  for (until = now() + 4 * PATIENCE; arrived < count && now() < until; turn())
    for (int i = 0; i < count; i++)
      if (clients[i].state == AWAY && clients[i].again_at <= now()) dial(&clients[i]), tries++;
  double base = opened_at ? opened_at - gone_at : 0;
  qsort(latencies, arrived, sizeof *latencies, smaller);
  printf("{\"mode\": \"%s\", \"clients\": %d, \"held\": %d, \"live\": %d, \"still\": %d, \"refused\": %d, \"tries\": %d, "
         "\"away_s\": %.3f, \"half_s\": %.3f, \"all_s\": %.3f}\n", MODES[mode], count, before, arrived, ready, refused,
         tries, base, arrived ? latencies[arrived / 2] - base : -1, arrived ? latencies[arrived - 1] - base : -1);
}

int main(int number, char **words) {
  if (number != 11) { fprintf(stderr, "what to say stands at the head of fan.c\n"); return 2; }
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  signal(SIGPIPE, SIG_IGN);
  alarm(600);
  while (mode <= XHR && strcmp(words[1], MODES[mode])) mode++;
  if (mode > XHR) { fprintf(stderr, "there is no mode %s\n", words[1]); return 2; }
  host = words[2], count = atoi(words[4]);
  for (const char *rest = words[3]; rest && door_count < MOST_DOORS; rest = strchr(rest, ',') ? strchr(rest, ',') + 1 : NULL) {
    doors[door_count] = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(atoi(rest))};
    inet_pton(AF_INET, host, &doors[door_count++].sin_addr);
  }
  for (char *line = words[7]; line && way_count < MOST_WAYS; ways[way_count++] = strsep(&line, "\n"));
  clients = calloc(count + 1, sizeof *clients);
  latencies = calloc(count + 1, sizeof *latencies);
  scratch = malloc(SCRATCH);
  poll_fd = epoll_create1(0);
  for (int i = 0; i < count; i++) clients[i].fd = -1;
  if (!strcmp(words[5], "storm")) { weather_the_storm(words[9]); return 0; }
  static char template[65536];
  FILE *file = fopen(words[8], "r");
  if (!file) { perror(words[8]); return 2; }
  template[fread(template, 1, sizeof template - 1, file)] = 0;
  fclose(file);
  play_rounds(atoi(words[5]), atoi(words[6]), template, words[9], words[10]);
  return 0;
}
