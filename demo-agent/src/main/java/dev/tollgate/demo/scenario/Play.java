package dev.tollgate.demo.scenario;

import java.io.IOException;

/** What happens in a scenario. */
@FunctionalInterface
interface Play {
  void on(Stage stage) throws IOException;
}
