package dev.tollgate.cedar.author;

import java.util.function.Consumer;

/** One sort of question that a review asks of a set. */
interface Rule {
  void look(Review review, Consumer<Finding> found);
}
