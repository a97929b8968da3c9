package dev.tollgate.cedar.author;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * The smallest thing a condition can say. A path is an attribute's, such as {@code args.amount}.
 */
sealed interface Atom {
  /** A text is one of these. */
  record Among(String path, Set<String> words) implements Atom {
    public Among {
      words = Set.copyOf(words);
    }
  }

  /** A number is this one; decimals count in ten-thousandths, the finest that Cedar has. */
  record Exactly(String path, long number) implements Atom {}

  /** A number is smaller than this one. */
  record Below(String path, long limit) implements Atom {}

  /** A text looks like this: literal pieces, with anything between them. */
  record Like(String path, List<String> pieces) implements Atom {
    public Like {
      pieces = List.copyOf(pieces);
    }
  }

  /** A set has one of these in it. */
  record Holds(String path, Set<String> words) implements Atom {
    public Holds {
      words = Set.copyOf(words);
    }
  }

  /** A yes-or-no is yes. */
  record Truth(String path) implements Atom {}

  /** It is there. */
  record Present(String path) implements Atom {}

  /** Something else, of which is only known that it is the same wherever it is written the same. */
  record Other(JsonNode expression) implements Atom {}
}
