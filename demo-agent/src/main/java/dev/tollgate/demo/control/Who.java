package dev.tollgate.demo.control;

import dev.tollgate.approval.Approver;

/** Who sent a request. */
sealed interface Who {

  /** Known to the token server; whether it is a person is in {@link Approver#kind()}. */
  record Known(Approver approver) implements Who {
    boolean person() {
      return approver.kind() == Approver.Kind.PERSON;
    }
  }

  /** Nobody that is known. */
  record Unknown(int status, String code) implements Who {}
}
