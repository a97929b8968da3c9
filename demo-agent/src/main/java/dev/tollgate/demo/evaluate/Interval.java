package dev.tollgate.demo.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A mean over tasks, with its 95 % bootstrap interval.
 *
 * @param mean not a number if there is no task
 * @param low the 2.5th percentile of the means of resampled tasks
 * @param high the 97.5th
 * @param tasks how many tasks
 */
record Interval(double mean, double low, double high, int tasks) {
  private static final int RESAMPLES = 2000;
  private static final long SEED = 20_250_301L;

  /** Resamples the tasks, always with the same seed. */
  static Interval of(List<Double> rates) {
    int n = rates.size();
    if (n == 0) {
      return new Interval(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    double[] values = rates.stream().mapToDouble(Double::doubleValue).toArray();
    Random random = new Random(SEED);
    double[] means = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += values[random.nextInt(n)];
      }
      means[i] = sum / n;
    }
    Arrays.sort(means);
    return new Interval(
        Arrays.stream(values).sum() / n,
        means[(int) Math.floor(0.025 * (RESAMPLES - 1))],
        means[(int) Math.ceil(0.975 * (RESAMPLES - 1))],
        n);
  }
}
