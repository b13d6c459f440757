package io.tallyman.bench.report;

/**
 * One line of the table.
 *
 * @param unit of the values, such as {@code ms} or {@code tasks/s}
 * @param compared the system or the work that Tallyman is compared with
 * @param wanted the ratio that is wanted, in words; empty if there is none
 */
public record Row(String work, String unit, String compared, String wanted) {}
