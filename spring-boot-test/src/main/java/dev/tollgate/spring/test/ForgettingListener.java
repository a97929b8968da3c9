package dev.tollgate.spring.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Lets each test method begin anew, in a context that it shares with others. */
final class ForgettingListener implements TestExecutionListener {
  @Override
  public void beforeTestMethod(TestContext test) {
    if (test.hasApplicationContext()) {
      test.getApplicationContext()
          .getBeanProvider(TollgateRecords.class)
          .ifAvailable(TollgateRecords::reset);
    }
  }
}
