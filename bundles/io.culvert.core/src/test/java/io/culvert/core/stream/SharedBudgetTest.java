// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.core.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedBudgetTest {
  @Test
  void waitersRunOnceWhenTheBudgetIsNoLongerFull() {
    SharedBudget budget = new SharedBudget(100);
    AtomicInteger runs = new AtomicInteger();
    budget.take(150);
    assertThat(budget.isFull()).isTrue();
    budget.whenFree(runs::incrementAndGet);
    budget.give(50);
    assertThat(runs).hasValue(0);
    budget.give(1);
    assertThat(runs).hasValue(1);
    budget.take(10);
    budget.give(50);
    assertThat(runs).hasValue(1);
  }

  @Test
  void waiterOfABudgetThatIsFreeRunsAtOnce() {
    SharedBudget budget = new SharedBudget(100);
    AtomicInteger runs = new AtomicInteger();
    budget.whenFree(runs::incrementAndGet);
    assertThat(runs).hasValue(1);
  }

  @Test
  void forgottenWaiterDoesNotRun() {
    SharedBudget budget = new SharedBudget(100);
    AtomicInteger runs = new AtomicInteger();
    Runnable waiter = runs::incrementAndGet;
    budget.take(100);
    budget.whenFree(waiter);
    budget.forget(waiter);
    budget.give(100);
    assertThat(runs).hasValue(0);
  }
}
