// W doubles as one number. Comparisons give 1.0 or 0.0, as CasADi's do.
#pragma once
#include <cmath>
#include <cstdlib>

#if W == 1
struct V {
  double v;
  V() {}
  V(double x) : v(x) {}
  double get(int) const { return v; }
  void set(int, double x) { v = x; }
};
#define INFIX(op) static inline V operator op(V a, V b) { return a.v op b.v; }
#define COMPARE(op) static inline V operator op(V a, V b) { return a.v op b.v ? 1.0 : 0.0; }
static inline V operator-(V a) { return -a.v; }
static inline V select(V c, V a, V b) { return c.v != 0 ? a : b; }
#else
typedef double lanes __attribute__((vector_size(8 * W)));
typedef long long masks __attribute__((vector_size(8 * W)));
static inline lanes all(double x) { return x - (lanes){}; }
struct V {
  lanes v;
  V() {}
  V(lanes x) : v(x) {}
  V(double x) : v(all(x)) {}
  double get(int l) const { return v[l]; }
  void set(int l, double x) { v[l] = x; }
};
static inline V chosen(masks m) { return (lanes)(m & (masks)all(1.0)); }
#define INFIX(op) static inline V operator op(V a, V b) { return a.v op b.v; }
#define COMPARE(op) static inline V operator op(V a, V b) { return chosen(a.v op b.v); }
static inline V operator-(V a) { return -a.v; }
static inline V select(V c, V a, V b) {
  masks m = c.v != all(0.0);
  return (lanes)(((masks)a.v & m) | ((masks)b.v & ~m));
}
#endif

INFIX(+) INFIX(-) INFIX(*) INFIX(/)
COMPARE(<) COMPARE(<=) COMPARE(==) COMPARE(!=)
static inline V &operator+=(V &a, V b) { return a = a + b; }
static inline V &operator-=(V &a, V b) { return a = a - b; }
static inline V operator!(V a) { return a == V(0.0); }
static inline V operator&&(V a, V b) { return (a != V(0.0)) * (b != V(0.0)); }
static inline V operator||(V a, V b) { return select(a, V(1.0), b != V(0.0)); }
static inline V fmin(V a, V b) { return select(a < b, a, b); }
static inline V fmax(V a, V b) { return select(a < b, b, a); }
static inline V fabs(V a) { return select(a < V(0.0), -a, a); }
static inline V sign(V a) { return (V(0.0) < a) - (a < V(0.0)); }
static inline V if_else_zero(V c, V a) { return select(c, a, V(0.0)); }

// lane by lane, where there is no vector function
#define EACH(name)                                            \
  static inline V name(V a) {                                 \
    V r;                                                      \
    for (int l = 0; l < W; l++) r.set(l, std::name(a.get(l))); \
    return r;                                                 \
  }
#define EACH2(name)                                                      \
  static inline V name(V a, V b) {                                       \
    V r;                                                                 \
    for (int l = 0; l < W; l++) r.set(l, std::name(a.get(l), b.get(l))); \
    return r;                                                            \
  }
// libmvec of glibc 2.35 and later: 4 ulp, each lane for itself
#if defined(__x86_64__) && defined(__GLIBC_PREREQ) && W > 1
#if __GLIBC_PREREQ(2, 35)
#if W == 8
#define VECTOR(name) _ZGVeN8v_##name
#define VECTOR2(name) _ZGVeN8vv_##name
#elif W == 4
#define VECTOR(name) _ZGVdN4v_##name
#define VECTOR2(name) _ZGVdN4vv_##name
#else
#define VECTOR(name) _ZGVbN2v_##name
#define VECTOR2(name) _ZGVbN2vv_##name
#endif
#endif
#endif
#ifdef VECTOR
#define FAST(name)                         \
  extern "C" lanes VECTOR(name)(lanes);    \
  static inline V name(V a) { return VECTOR(name)(a.v); }
#define FAST2(name)                              \
  extern "C" lanes VECTOR2(name)(lanes, lanes);  \
  static inline V name(V a, V b) { return VECTOR2(name)(a.v, b.v); }
#else
#define FAST EACH
#define FAST2 EACH2
#endif
FAST(exp) FAST(log) FAST(sin) FAST(cos) FAST(tan) FAST(asin) FAST(acos) FAST(atan)
FAST(sinh) FAST(cosh) FAST(tanh) FAST(asinh) FAST(acosh) FAST(atanh)
FAST(erf) FAST(expm1) FAST(log1p) FAST2(pow) FAST2(atan2)
EACH(sqrt) EACH(floor) EACH(ceil)
static inline V hypot(V a, V b) { return sqrt(a * a + b * b); }
