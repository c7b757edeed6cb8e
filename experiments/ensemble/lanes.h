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
static inline V select(V c, V a, V b) { return c.v != all(0.0) ? a.v : b.v; }
#endif

INFIX(+) INFIX(-) INFIX(*) INFIX(/)
COMPARE(<) COMPARE(<=) COMPARE(==) COMPARE(!=)
static inline V &operator+=(V &a, V b) { return a = a + b; }
static inline V &operator-=(V &a, V b) { return a = a - b; }
static inline V operator!(V a) { return a == V(0.0); }
static inline V operator&&(V a, V b) { return (a != V(0.0)) * (b != V(0.0)); }
static inline V operator||(V a, V b) { return select(a, V(1.0), b != V(0.0)); }
static inline V fmin(V a, V b) { return a.v < b.v ? a.v : b.v; }
static inline V fmax(V a, V b) { return a.v < b.v ? b.v : a.v; }
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
FAST(log) FAST(sin) FAST(cos) FAST(tan) FAST(asin) FAST(acos) FAST(atan)
FAST(sinh) FAST(cosh) FAST(tanh) FAST(asinh) FAST(acosh) FAST(atanh)
FAST(erf) FAST(expm1) FAST(log1p) FAST2(pow) FAST2(atan2)
EACH(floor) EACH(ceil)
static inline V sqrt(V a) {
#if W == 1
  return std::sqrt(a.v);
#else
  lanes r;  // in this form it is one instruction
  for (int l = 0; l < W; l++) r[l] = __builtin_sqrt(a.v[l]);
  return r;
#endif
}
static inline V hypot(V a, V b) { return sqrt(a * a + b * b); }

#if W == 1
static inline V exp(V a) { return std::exp(a.v); }
#else
// 2^n e^r with |r| <= ln(2)/2 and the series of e^r to r^13, 1 ulp. Results keep to the
// normal numbers: libmvec leaves the vector where one lane underflows, as they do here.
static inline V exp(V a) {
  const double log2e = 1.4426950408889634, high = 0.693147180369123816490,
               low = 1.90821492927058770002e-10, shift = 6755399441055744.0;
  V x = fmin(V(709.0), fmax(a, V(-708.0)));  // not a number stays
  V n = x * V(log2e) + V(shift);
  masks bits = ((masks)n.v - (masks)all(shift)) + 1023;
  n = n - V(shift);
  V r = (x - n * V(high)) - n * V(low);
  // terms in pairs, so that few wait for each other (Estrin's scheme)
  V r2 = r * r, r4 = r2 * r2;
#define PAIR(a, b) (V(1.0 / (a)) + r * V(1.0 / (b)))
  V s0 = PAIR(1, 1) + r2 * PAIR(2, 6);
  V s1 = PAIR(24, 120) + r2 * PAIR(720, 5040);
  V s2 = PAIR(40320, 362880) + r2 * PAIR(3628800, 39916800);
  V s3 = PAIR(479001600, 6227020800);
#undef PAIR
  V s = s0 + r4 * (s1 + r4 * (s2 + r4 * s3));
  return s * V((lanes)(bits << 52));
}
#endif
