// Solves points of one model, each in a lane of its own: with its own inputs, time, step
// size and protocol. A lane whose point is finished takes the next one. Lanes never mix,
// so that an answer depends on its point alone.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <thread>
#include <vector>

// As `aslb.experiments.ensemble.library` has it
struct Problem {
  int64_t points, cycles, fractions, progress, threads, order;
  double rtol, first_h, most_steps;
  const double *constants;
  const double *reset_step;      // [STATES] 0 where a state is zeroed as a step begins
  const double *reset_cycle;     // [STATES] likewise as a cycle ends
  const double *may_end;         // [EVENTS] whether a step may end by it
  const int64_t *first_of;       // [points + 1]
  const double *inputs;          // [steps][INPUTS]
  const double *duration;        // [steps]
  const double *timed;           // [steps] whether its duration may end it
  const int64_t *cycle;          // [steps] number of its cycle in the point
  const int64_t *kind;           // [steps] of its cycle: equal for equal cycles
  const int64_t *half;           // [steps] 0 or 1: which fractions count it; -1: none
  const int64_t *number_of;      // [2] fractions of each half
  const double *fraction;        // [fractions]
  const double *start;           // [points][STATES] or null: states to start from
};
struct Answer {
  int64_t *status;     // [steps]
  int64_t *event;      // [steps]
  double *time;        // [steps]
  double *outputs;     // [steps][2][OUTPUTS]: as the step began and ended
  double *read;        // [points][cycles][fractions][OUTPUTS]
  int64_t *same_as;    // [points][cycles] an earlier cycle, or -1
  double *end;         // [points][STATES]
  int64_t *counted;    // [points][3] steps, rejections, iterations of Newton
};
enum Status { UNTOUCHED, CUTOFF, DURATION, AT_ONCE, SMALL = -1, NO_START = -2,
              OTHER_EVENT = -3, NO_CUTOFF = -4, MANY = -5 };

static const double NEVER = 1e40;    // 1/time step of a state that stands still
static const double NEWTON = 0.01;   // of the tolerance, for the last correction
static const int MOST_CORRECTIONS = 60;
static const double ADDED = 0.1;     // weight of the error of sums
static const double SAFETY = 0.9, GROWTH = 6.0, SHRINK = 0.2;
static const double MOST_CHANGE = 0.05;  // in a step, of the largest value and of 1

struct Node {
  int64_t step;
  double t, rate;  // of the progress
  std::vector<double> y;
};
struct Cycle {
  int64_t kind, number;
  std::vector<double> start, end;
};
enum Phase { IDLE, SEEK, OPEN, STEP, CLOSE, READ };

struct Lane {
  Phase phase = IDLE;
  int64_t point, step, corrections, rejected_in_a_row, taken;
  int64_t loaded = -1;  // the step whose inputs are set
  bool fresh;  // what is known of its matrix is that of the state before
  bool again, rooting;  // Newton in mid-step; looking for a root
  double t, h, last_h, last_error, damping, last_size;
  double event_before, low, high, at_low, at_high;
  int side;
  std::vector<Node> nodes;
  size_t used_nodes;
  std::vector<double> cycle_start, kept;
  std::vector<Cycle> known;
  std::vector<int64_t> read_place, read_node;
  std::vector<double> read_share;
  size_t next_read;
};

class Ensemble {
  const Problem &p;
  const Answer &to;
  const Method &method;
  std::atomic<int64_t> &next;
  Lane lane[W];
  int active = 0;
  V Y[STATES], P[INPUTS], Q[PREPARED], A[ENTRIES], F[STATES], G[STATES], S[STATES];
  V U[6][STATES], NEW[STATES], WEIGHT[STATES], E[EVENTS + 1], O[OUTPUTS + 1];
  V BEFORE[STATES], MOVE[STATES], BEGAN[STATES], SOUGHT[STATES];

 public:
  Ensemble(const Problem &p, const Answer &to, std::atomic<int64_t> &next)
      : p(p), to(to), method(p.order == 3 ? RODAS3 : RODAS4), next(next) {
    for (auto &v : Y) v = 0.0;
    for (auto &v : P) v = 0.0;
    for (auto &v : SOUGHT) v = 1.0;
  }

  void run() {
    for (int l = 0; l < W; l++) load(l);
    if (!active) return;
    fill_idle();
    while (active) pass();
  }

 private:
  // ------------------------------------------------------------ points and steps
  void load(int l) {
    Lane &a = lane[l];
    while (true) {
      int64_t point = next++;
      if (point >= p.points) break;
      a.point = point;
      a.step = p.first_of[point];
      a.known.clear();
      if (a.step == p.first_of[point + 1]) continue;
      active++;
      set_inputs(l, a.step);
      if (p.start) {
        for (int i = 0; i < STATES; i++) Y[i].set(l, p.start[STATES * point + i]);
      } else {
        V y[STATES];
        initial(p.constants, P, y);
        for (int i = 0; i < STATES; i++) Y[i].set(l, y[i].get(l));
      }
      begin_cycle(l);
      return;
    }
    a.phase = IDLE;
    a.h = 1.0;
  }
  void fill_idle() {  // with what is no trouble to compute
    int busy = 0;
    while (lane[busy].phase == IDLE) busy++;
    for (int l = 0; l < W; l++)
      if (lane[l].phase == IDLE) {
        lane[l].h = 1.0;
        for (int i = 0; i < STATES; i++) Y[i].set(l, Y[i].get(busy));
        for (int i = 0; i < INPUTS; i++) P[i].set(l, P[i].get(busy));
      }
    prepare(p.constants, P, Q);
  }
  void set_inputs(int l, int64_t step) {
    if (lane[l].loaded == step) return;
    lane[l].loaded = step;
    for (int i = 0; i < INPUTS; i++) P[i].set(l, p.inputs[INPUTS * step + i]);
    prepare(p.constants, P, Q);
  }
  bool is_last(const Lane &a) const { return a.step + 1 == p.first_of[a.point + 1]; }
  void begin_cycle(int l) {
    Lane &a = lane[l];
    a.cycle_start.resize(STATES);
    for (int i = 0; i < STATES; i++) a.cycle_start[i] = Y[i].get(l);
    a.used_nodes = 0;
    int64_t kind = p.kind[a.step], number = p.cycle[a.step];
    to.same_as[p.cycles * a.point + number] = -1;
    for (auto known = a.known.rbegin(); known != a.known.rend(); ++known)
      if (known->kind == kind && same(a.cycle_start, known->start))
        return repeat(l, *known);
    begin_step(l);
  }
  bool same(const std::vector<double> &y, const std::vector<double> &z) const {
    for (int i = 0; i < STATES; i++)
      if (MASS[i] != 0 && !(std::fabs(y[i] - z[i]) <= p.rtol * (0.01 + std::fabs(z[i]))))
        return false;
    return true;
  }
  void repeat(int l, const Cycle &known) {
    Lane &a = lane[l];
    to.same_as[p.cycles * a.point + p.cycle[a.step]] = known.number;
    int64_t number = p.cycle[a.step];
    for (int i = 0; i < STATES; i++) Y[i].set(l, known.end[i]);
    while (!is_last(a) && p.cycle[a.step + 1] == number) a.step++;
    after_cycle(l);
  }
  void begin_step(int l) {
    Lane &a = lane[l];
    for (int i = 0; i < STATES; i++) Y[i].set(l, Y[i].get(l) * p.reset_step[i]);
    set_inputs(l, a.step);
    for (int i = 0; i < STATES; i++) BEGAN[i].set(l, Y[i].get(l));
    a.t = 0;
    a.h = std::min(p.first_h, p.duration[a.step]);
    a.taken = 0;
    a.rejected_in_a_row = 0;
    a.last_h = 0;
    a.last_error = 1;
    a.rooting = a.again = false;
    seek(a);
  }
  void seek(Lane &a) {
    a.phase = SEEK;
    a.fresh = true;
    a.corrections = 0;
    a.damping = 1;
    a.last_size = INFINITY;
  }
  void end_step(int l, Status status, int event) {
    Lane &a = lane[l];
    to.status[a.step] = status;
    to.event[a.step] = event;
    to.time[a.step] = a.t;
    if (status < 0) return finish(l);
    if (!is_last(a) && p.cycle[a.step + 1] == p.cycle[a.step]) {
      a.step++;
      return begin_step(l);
    }
    end_cycle(l);
  }
  void end_cycle(int l) {
    Lane &a = lane[l];
    plan_readings(a);
    a.kept.resize(STATES);
    for (int i = 0; i < STATES; i++) a.kept[i] = Y[i].get(l);
    a.next_read = 0;
    next_reading(l);
  }
  void close_cycle(int l) {
    Lane &a = lane[l];
    Cycle done{p.kind[a.step], p.cycle[a.step], a.cycle_start, {}};
    done.end.resize(STATES);
    for (int i = 0; i < STATES; i++) {
      done.end[i] = a.kept[i] * p.reset_cycle[i];
      Y[i].set(l, done.end[i]);
    }
    if (!is_last(a)) a.known.push_back(done);
    after_cycle(l);
  }
  void after_cycle(int l) {
    Lane &a = lane[l];
    if (is_last(a)) return finish(l);
    a.step++;
    begin_cycle(l);
  }
  void finish(int l) {
    Lane &a = lane[l];
    for (int i = 0; i < STATES; i++) to.end[STATES * a.point + i] = Y[i].get(l);
    active--;
    a.phase = IDLE;
    load(l);
    if (a.phase == IDLE && active) fill_idle();
  }

  // ------------------------------------------------------------ readings
  bool records(const Lane &a) const {
    int64_t half = p.half[a.step];
    return half >= 0 && p.number_of[half] > 0;
  }
  void record(int l) {
    Lane &a = lane[l];
    if (a.used_nodes == a.nodes.size()) a.nodes.emplace_back();
    Node &node = a.nodes[a.used_nodes++];
    node.step = a.step;
    node.t = a.t;
    node.rate = F[p.progress].get(l);
    node.y.resize(STATES);
    for (int i = 0; i < STATES; i++) node.y[i] = Y[i].get(l);
  }
  // Where each fraction of the charge lies that passed in the steps of a half
  void plan_readings(Lane &a) {
    a.read_node.clear();
    a.read_share.clear();
    a.read_place.clear();
    int64_t offset = 0;
    for (int half = 0; half < 2; half++) {
      std::vector<size_t> left;
      std::vector<double> passed{0.0};
      for (size_t n = 0; n + 1 < a.used_nodes; n++)
        if (a.nodes[n].step == a.nodes[n + 1].step && p.half[a.nodes[n].step] == half) {
          left.push_back(n);
          double moved = a.nodes[n + 1].y[p.progress] - a.nodes[n].y[p.progress];
          passed.push_back(passed.back() + std::fabs(moved));
        }
      for (int64_t k = 0; k < p.number_of[half] && !left.empty(); k++) {
        double target = p.fraction[offset + k] * passed.back();
        size_t i = std::lower_bound(passed.begin() + 1, passed.end(), target) - passed.begin();
        i = std::min(i, left.size());
        double part = passed[i] - passed[i - 1];
        a.read_place.push_back(offset + k);
        a.read_node.push_back(left[i - 1]);
        a.read_share.push_back(part > 0 ? share(a, left[i - 1], (target - passed[i - 1]) / part) : 1.0);
      }
      offset += p.number_of[half];
    }
  }
  // The share of a step in which a share of its charge passed
  double share(const Lane &a, size_t n, double part) const {
    const Node &x = a.nodes[n], &z = a.nodes[n + 1];
    double from = x.y[p.progress], all = z.y[p.progress] - from, h = z.t - x.t;
    double low = 0, high = 1;
    for (int k = 0; k < 50; k++) {
      double s = 0.5 * (low + high), r = 1 - s;
      double moved = s * s * (3 - 2 * s) * all + s * r * h * (r * x.rate - s * z.rate);
      (moved / all < part ? low : high) = s;
    }
    return 0.5 * (low + high);
  }
  // A reading is a step of its own, from the states before it
  void next_reading(int l) {
    Lane &a = lane[l];
    if (a.next_read == a.read_node.size()) return close_cycle(l);
    const Node &from = a.nodes[a.read_node[a.next_read]];
    const Node &after = a.nodes[a.read_node[a.next_read] + 1];
    set_inputs(l, from.step);
    for (int i = 0; i < STATES; i++) Y[i].set(l, from.y[i]);
    a.h = std::max(a.read_share[a.next_read], 1e-6) * (after.t - from.t);
    a.phase = READ;
    a.fresh = true;
  }
  void keep_outputs(int l, double *where) {
    for (int i = 0; i < OUTPUTS; i++) where[i] = O[i].get(l);
  }

  // ------------------------------------------------------------ one pass of all lanes
  void pass() {
    V scale, rate, moving;
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      a.fresh = false;
      bool still = a.phase == SEEK;
      scale.set(l, still ? NEVER : 1 / (a.h * method.gamma));
      rate.set(l, still ? 0.0 : 1 / a.h);
      moving.set(l, still ? 0.0 : 1.0);
    }
    jacobian(p.constants, Y, P, Q, F, A);
    close_steps();
    for (int i = 0; i < STATES; i++)
      if (MASS[i] != 0) A[DIAGONAL[i]] -= scale * V(MASS[i]);
    factor(A);
    for (int i = 0; i < STATES; i++) U[0][i] = MASS[i] != 0 ? -F[i] * moving : -F[i];
    solve(A, U[0]);
    weigh();
    bool stepping = false, seeking = false, reading = false;
    for (auto &a : lane) {
      stepping |= a.phase == STEP;
      seeking |= a.phase == SEEK;
      reading |= a.phase == READ && !a.fresh;
    }
    if (stepping || reading) stages(rate);
    if (seeking) correct();
    if (stepping) judge();
    if (reading) read();
    if (seeking) open_steps();
  }
  void stages(V rate) {
    for (int s = 1; s < method.stages; s++) {
      bool moved = false;
      for (int j = 0; j < s; j++) moved |= method.a[s][j] != 0;
      const V *f = F;
      if (moved) {
        for (int i = 0; i < STATES; i++) {
          V x = Y[i];
          for (int j = 0; j < s; j++)
            if (method.a[s][j] != 0) x += V(method.a[s][j]) * U[j][i];
          S[i] = x;
        }
        residual(p.constants, S, P, Q, G);
        f = G;
      }
      for (int i = 0; i < STATES; i++) {
        V r = f[i];
        if (MASS[i] != 0) {
          V x = 0.0;
          for (int j = 0; j < s; j++) x += V(method.c[s][j]) * U[j][i];
          r += V(MASS[i]) * rate * x;
        }
        U[s][i] = -r;
      }
      solve(A, U[s]);
    }
    for (int i = 0; i < STATES; i++) NEW[i] = S[i] + U[method.stages - 1][i];
  }
  // What an error is compared with: rtol, of the largest value of its variable and of 1
  void weigh() {
    for (int v = 0; v < VARIABLES; v++) {
      V most = 0.0;
      for (int i = FIRST[v]; i < LAST[v]; i++) most = fmax(most, fabs(Y[i]));
      for (int i = FIRST[v]; i < LAST[v]; i++)
        WEIGHT[i] = V(p.rtol) * (V(1.0) + most);
    }
  }
  double least_event(int l, int *which) const {
    double least = INFINITY;
    for (int k = 0; k < EVENTS; k++)
      if (!(E[k].get(l) >= least)) {
        least = E[k].get(l);
        *which = k;
      }
    return least;
  }

  void read() {
    outputs(p.constants, NEW, P, Q, O);
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      if (a.phase != READ || a.fresh) continue;
      int64_t row = p.cycles * a.point + p.cycle[a.step];
      keep_outputs(l, to.read + OUTPUTS * (p.fractions * row + a.read_place[a.next_read]));
      a.next_read++;
      next_reading(l);
    }
  }

  // ------------------------------------------------------------ Newton's method
  // Each correction is shortened until the next one is not larger (P. Deuflhard, Newton
  // Methods for Nonlinear Problems, Springer 2011, doi:10.1007/978-3-642-23899-4)
  void correct() {
    V largest = 0.0;
    for (auto &a : lane)  // weights stay: those of states that grow would hide it
      if (a.phase == SEEK && !a.fresh && a.corrections == 0)
        for (int i = 0; i < STATES; i++) SOUGHT[i].set(&a - lane, WEIGHT[i].get(&a - lane));
    for (int i = 0; i < STATES; i++)
      if (MASS[i] == 0) largest = fmax(largest, fabs(U[0][i]) / SOUGHT[i]);
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      if (a.phase != SEEK || a.fresh) continue;
      double size = largest.get(l);
      to.counted[3 * a.point + 2]++;
      bool worse = !(size <= 1.5 * a.last_size);
      if (worse) a.damping *= 0.25;
      if (++a.corrections > MOST_CORRECTIONS || a.damping < 1e-6) {
        end_step(l, NO_START, 0);
        continue;
      }
      if (!worse) {
        a.damping = size < NEWTON ? 1.0 : std::min(1.0, 2 * a.damping);
        a.last_size = size;
        if (size < NEWTON) a.phase = OPEN;
      }
      for (int i = 0; i < STATES; i++)
        if (MASS[i] == 0) {
          if (!worse) {
            BEFORE[i].set(l, Y[i].get(l));
            MOVE[i].set(l, U[0][i].get(l));
          }
          Y[i].set(l, BEFORE[i].get(l) + a.damping * MOVE[i].get(l));
        }
    }
  }
  void open_steps() {
    bool any = false;
    for (auto &a : lane) any |= a.phase == OPEN;
    if (!any) return;
    events(p.constants, Y, P, Q, E);
    outputs(p.constants, Y, P, Q, O);
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      if (a.phase != OPEN) continue;
      if (a.again) {
        a.again = false;
        a.phase = STEP;
        continue;
      }
      int which = 0;
      a.event_before = least_event(l, &which);
      keep_outputs(l, to.outputs + 2 * OUTPUTS * a.step);
      keep_outputs(l, to.outputs + 2 * OUTPUTS * a.step + OUTPUTS);
      a.phase = STEP;
      if (!(a.event_before > 0)) {
        bool known = p.may_end[which];
        end_step(l, known ? AT_ONCE : OTHER_EVENT, which);
      }
    }
  }

  // ------------------------------------------------------------ steps
  void judge() {
    V sum = 0.0, count = 1e-30, added = 0.0;  // there may be none that feeds back
    V change = 0.0;
    for (int i = 0; i < STATES; i++)
      if (FEEDS_BACK[i]) {
        V x = U[method.stages - 1][i] / WEIGHT[i];
        sum += x * x;
        count += V(1.0);
        if (MASS[i] != 0) change = fmax(change, fabs(NEW[i] - Y[i]) / WEIGHT[i]);
      } else {  // what only adds up: of what it added up to in this step of the protocol
        V x = U[method.stages - 1][i] / (V(p.rtol) * fabs(NEW[i] - BEGAN[i]) + V(1e-30));
        added = fmax(added, fabs(x));
      }
    events(p.constants, NEW, P, Q, E);
    V advanced = 0.0;
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      if (a.phase != STEP) continue;
      double error = std::max(std::sqrt(sum.get(l) / count.get(l)), ADDED * added.get(l));
      if (!(error < 1e6)) error = 1e6;
      double factor = SAFETY * std::pow(error + 1e-12, -1.0 / method.order);
      // a step that goes far may go past what its estimate of the error does not see
      double most = MOST_CHANGE / (p.rtol * change.get(l) + 1e-12);
      factor = std::clamp(std::min(factor, SAFETY * most), SHRINK, GROWTH);
      if (error > 1 || most < 1) reject(l, factor);
      else if (accept(l, error, factor)) advanced.set(l, 1.0);
    }
    for (int i = 0; i < STATES; i++) Y[i] = select(advanced, NEW[i], Y[i]);
  }
  bool reject(int l, double factor) {
    Lane &a = lane[l];
    to.counted[3 * a.point + 1]++;
    a.h *= std::min(factor, 0.9);
    a.rooting = false;
    if (a.h < 1e-13 * std::max(1.0, a.t)) {
      end_step(l, SMALL, 0);
    } else if (++a.rejected_in_a_row % 4 == 0) {  // the algebraic states may have drifted
      a.again = true;
      seek(a);
    }
    return false;
  }
  bool accept(int l, double error, double factor) {
    Lane &a = lane[l];
    int which = 0;
    double now = least_event(l, &which);
    bool ended = false;
    if (a.rooting || !(now > 0)) {
      if (!std::isfinite(now)) return reject(l, SHRINK);
      if (!root(a, now)) return false;
      ended = true;
    }
    to.counted[3 * a.point]++;
    if (a.taken++ && !a.rejected_in_a_row) {  // Gustafsson's predictive controller
      double g = SAFETY * (a.h / a.last_h) *
                 std::pow(a.last_error / (error * error + 1e-12), 1.0 / method.order);
      factor = std::max(SHRINK, std::min(factor, g));
    }
    if (a.rejected_in_a_row) factor = std::min(factor, 1.0);
    a.last_error = std::max(0.01, error);
    a.last_h = a.h;
    a.rejected_in_a_row = 0;
    if (records(a)) record(l);
    a.t += a.h;
    a.event_before = now;
    double left = p.duration[a.step] - a.t;
    bool over = left <= 1e-12 * p.duration[a.step];
    if (ended || over || a.taken > p.most_steps) {
      to.status[a.step] = ended ? CUTOFF : over ? DURATION : MANY;
      to.event[a.step] = which;
      a.phase = CLOSE;
      return true;
    }
    a.h = std::min(a.h * factor, left);
    if (a.h > 0.9 * left && a.h < left) a.h = 0.5 * left;
    return true;
  }
  // Regula falsi (Illinois) for the length of the step that ends where an event does;
  // each trial is a step, so that what is found is as exact as any other step
  bool root(Lane &a, double now) {
    if (!a.rooting) {
      a.rooting = true;
      a.low = 0;
      a.at_low = a.event_before;
      a.high = a.h;
      a.at_high = now;
      a.side = 0;
    } else if (now > 0) {
      if (a.side == 1) a.at_high *= 0.5;
      a.side = 1;
      a.low = a.h;
      a.at_low = now;
    } else {
      if (a.side == -1) a.at_low *= 0.5;
      a.side = -1;
      a.high = a.h;
      a.at_high = now;
    }
    double close = 1e-3 * p.rtol * (a.t + a.h) + 1e-9;
    double try_h = a.low + (a.high - a.low) * a.at_low / (a.at_low - a.at_high);
    if (a.high - a.low < close || std::fabs(try_h - a.h) < close) {
      // not short of it, or a next step with the same end would not end at once
      if (!(now > 0)) return true;
      a.h = std::min(a.high, a.h + close);
      return false;
    }
    a.h = try_h > 0 ? try_h : 0.5 * (a.low + a.high);
    return false;
  }
  // The states at the end of a step, whose rates of change are now known
  void close_steps() {
    bool any = false;
    for (auto &a : lane) any |= a.phase == CLOSE;
    if (!any) return;
    outputs(p.constants, Y, P, Q, O);
    for (int l = 0; l < W; l++) {
      Lane &a = lane[l];
      if (a.phase != CLOSE) continue;
      if (records(a)) record(l);
      keep_outputs(l, to.outputs + 2 * OUTPUTS * a.step + OUTPUTS);
      Status status = (Status)to.status[a.step];
      int event = to.event[a.step];
      if (status == CUTOFF && !p.may_end[event]) status = OTHER_EVENT;
      if (status == DURATION && !p.timed[a.step]) status = NO_CUTOFF;
      end_step(l, status, event);
    }
  }
};

extern "C" void solve_points(const Problem *problem, const Answer *answer) {
  std::atomic<int64_t> next{0};
  auto work = [&] {
    auto *ensemble = new Ensemble(*problem, *answer, next);
    ensemble->run();
    delete ensemble;
  };
  std::vector<std::thread> others;
  for (int64_t k = 1; k < problem->threads; k++) others.emplace_back(work);
  work();
  for (auto &other : others) other.join();
}
