// Coefficients of the two Rosenbrock methods, in the form in which no product with the
// Jacobian is left: (M/(h g) - J) u_s = f(y + sum a u) + M sum (c/h) u, y + sum m u.
// Both are stiffly accurate: the last stage is the estimate of the error.
#pragma once

struct Method {
  int stages, order;
  double gamma;
  double a[6][6], c[6][6];
};

// E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed., Springer
// 1996, section VI.4 (RODAS), doi:10.1007/978-3-642-05221-7
static const Method RODAS4 = {
    6, 4, 0.25,
    {{0},
     {1.544},
     {0.9466785280815826, 0.2557011698983284},
     {3.314825187068521, 2.896124015972201, 0.9986419139977817},
     {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950},
     {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950, 1}},
    {{0},
     {-5.6688},
     {-2.430093356833875, -0.2063599157091915},
     {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
     {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
     {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136,
      -6.058818238834054}}};

// A. Sandu et al., Atmos. Environ. 1997, 31, 3459 (RODAS3),
// doi:10.1016/S1352-2310(97)83212-8
static const Method RODAS3 = {
    4, 3, 0.5,
    {{0}, {0}, {2}, {2, 0, 1}},
    {{0}, {4}, {1, -1}, {1, -1, -8.0 / 3}}};
