package io.tallyman.bench.load;

import java.util.List;

/** Some measured values of one kind; at least one. */
public record Sample(List<Double> values) {
  public Sample {
    values = values.stream().sorted().toList();
  }

  public double median() {
    int middle = values.size() / 2;
    return values.size() % 2 == 1
        ? values.get(middle)
        : (values.get(middle - 1) + values.get(middle)) / 2;
  }

  /** The smallest value that at least this part of the values does not exceed. */
  public double percentile(double part) {
    int rank = (int) Math.ceil(part * values.size());
    return values.get(Math.clamp(rank - 1, 0, values.size() - 1));
  }

  public double min() {
    return values.getFirst();
  }

  public double max() {
    return values.getLast();
  }
}
