// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.demo.display;

import java.util.ArrayList;
import java.util.List;

/** What was done, in a table. Stateless. */
public final class ResultTable {
  private static final List<String> HEAD = List.of("what", "bytes", "time", "speed", "SHA-256");

  private ResultTable() {}

  /** Returns the lines of the table. */
  public static List<String> of(List<Transfer> transfers) {
    List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    for (Transfer transfer : transfers) {
      rows.add(
          List.of(
              transfer.what(),
              Long.toString(transfer.bytes()),
              Amounts.seconds(transfer.time()),
              Amounts.rate(transfer.bytes(), transfer.time()),
              transfer.intact() ? "ok" : "WRONG"));
    }
    return rows.stream().map(row -> line(row, rows)).toList();
  }

  private static String line(List<String> row, List<List<String>> rows) {
    StringBuilder line = new StringBuilder("   ");
    for (int i = 0; i < row.size(); i++) {
      int column = i;
      int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
      line.append(i == 0 ? Fit.left(width, row.get(i)) : "  " + Fit.right(width, row.get(i)));
    }
    return line.toString();
  }
}
