// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final int WIDTH = 880;

  @Test
  void shortOnesStandBelowTheirGroups() {
    Labels labels = new Labels(List.of("up", "down"), WIDTH);

    assertThat(labels.isSlanted()).isFalse();
    assertThat(labels.left()).isEqualTo(70);
  }

  @Test
  void longOnesAreSlantedAndBeginInThePicture() {
    String label = "down-4/100kBps-small-100ms";
    Labels labels = new Labels(Collections.nCopies(14, label), WIDTH);

    assertThat(labels.isSlanted()).isTrue();
    double length = label.length() * Labels.LETTER;
    double middle = labels.left() + (WIDTH - labels.left()) / 14.0 / 2;
    assertThat(middle - length * Math.cos(Math.toRadians(Labels.ANGLE))).isPositive();
    assertThat((double) labels.height())
        .isGreaterThan(length * Math.sin(Math.toRadians(Labels.ANGLE)));
  }
}
