/* How much one picture differs from another: mean squared error, PSNR, SSIM, the largest difference
 * and where it is, and how many values leave the range of the source. */
#pragma once

#include "scene/subject.h"

enum
{
  SCOPE_SSIM_WINDOW = 7, /* elements of a side */
};

typedef struct
{
  double range;              /* of PSNR and SSIM: maximum − minimum of the data; NAN: neither */
  double low, high;          /* of the source: what lies beyond overshoots; NAN: none is counted */
  int row_axis, column_axis; /* of the planes that SSIM is computed of; −1: no SSIM */
} ScopeMetricsOptions;

typedef struct
{
  int64_t count;  /* elements compared */
  int64_t nans;   /* elements that are NaN on a side: left out of what follows */
  double mse;     /* the mean of (test − reference)²; NAN: nothing to compare */
  double psnr;    /* 10 log₁₀ (range² / mse) in dB; ∞ when equal; NAN: none */
  double ssim;    /* −1…1, or NAN: a side shorter than the window, complex … */
  double max_abs; /* the largest |test − reference|; NAN: none */
  int64_t max_at[SCOPE_MAX_RANK]; /* the first place of it in C order */
  int64_t over, under;            /* elements of `test` above high, below low */
} ScopeMetrics;

/* Compares two values of one shape block by block, in memory that does not follow their size.
 *
 * The definitions are scikit-image's (metrics.mean_squared_error, peak_signal_noise_ratio,
 * structural_similarity) with data_range = range, win_size = 7, gaussian_weights = False,
 * use_sample_covariance = True, K1 = 0.01, K2 = 0.03, in double; of several planes the mean, as its
 * channel_axis gives. Windows with a NaN or an infinity are left out.
 * An overshoot is farther outside low…high than a millionth of their distance: rounding is none.
 * Errors: SHAPE (shapes differ), and those of scope_program_read. */
bool scope_metrics_read (const ScopeSubject *test,
                         const ScopeSubject *reference,
                         const ScopeMetricsOptions *options,
                         const ScopeReading *reading,
                         ScopeMetrics *out,
                         ScopeError *error);
