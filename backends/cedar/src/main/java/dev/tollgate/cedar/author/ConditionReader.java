package dev.tollgate.cedar.author;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a policy's conditions from Cedar's JSON form. What it does not know it leaves whole. */
final class ConditionReader {
  /** Cedar's decimals have four digits after the point. */
  private static final int DIGITS = 4;

  private ConditionReader() {}

  static Condition of(JsonNode policy) {
    List<Condition> all = new ArrayList<>();
    for (JsonNode one : policy.path("conditions")) {
      all.add(read(one.path("body"), one.path("kind").asText().equals("when")));
    }
    return new Condition.All(all);
  }

  private static Condition read(JsonNode node, boolean holds) {
    if (node.size() != 1 || !node.isObject()) {
      return other(node, holds);
    }
    Map.Entry<String, JsonNode> only = node.properties().iterator().next();
    JsonNode body = only.getValue();
    JsonNode left = body.path("left");
    JsonNode right = body.path("right");
    return switch (only.getKey()) {
      case "Value" -> value(node, body, holds);
      case "!" -> read(body.path("arg"), !holds);
      case "&&" -> both(read(left, holds), read(right, holds), holds);
      case "||" -> both(read(left, holds), read(right, holds), !holds);
      case "if-then-else" -> choice(body, holds);
      case "==" -> equal(node, left, right, holds);
      case "!=" -> equal(node, left, right, !holds);
      case "containsAll" -> containsAll(node, left, right, holds);
      default -> {
        Literal literal = literal(node, only.getKey(), body);
        yield new Condition.One(holds ? literal : new Literal(literal.atom(), !literal.holds()));
      }
    };
  }

  private static Condition value(JsonNode node, JsonNode body, boolean holds) {
    if (!body.isBoolean()) {
      return other(node, holds);
    }
    return body.booleanValue() == holds
        ? new Condition.All(List.of())
        : new Condition.Any(List.of());
  }

  private static Condition choice(JsonNode body, boolean holds) {
    JsonNode test = body.path("if");
    return both(
        both(read(test, true), read(body.path("then"), holds), true),
        both(read(test, false), read(body.path("else"), holds), true),
        false);
  }

  private static Condition both(Condition left, Condition right, boolean and) {
    List<Condition> parts = List.of(left, right);
    return and ? new Condition.All(parts) : new Condition.Any(parts);
  }

  private static Condition other(JsonNode node, boolean holds) {
    return one(new Atom.Other(node), holds);
  }

  private static Condition one(Atom atom, boolean holds) {
    return new Condition.One(new Literal(atom, holds));
  }

  private static Condition equal(JsonNode node, JsonNode left, JsonNode right, boolean holds) {
    String path = path(left);
    JsonNode value = right;
    if (path == null) {
      path = path(right);
      value = left;
    }
    if (path == null) {
      return other(plain(node), holds);
    }
    JsonNode constant = value.path("Value");
    Long number = number(value);
    if (constant.isTextual()) {
      return one(new Atom.Among(path, Set.of(constant.textValue())), holds);
    }
    if (constant.isBoolean()) {
      return one(new Atom.Truth(path), holds == constant.booleanValue());
    }
    return number == null ? other(plain(node), holds) : one(new Atom.Exactly(path, number), holds);
  }

  /** {@code !=} as the {@code ==} whose opposite it is. */
  private static JsonNode plain(JsonNode node) {
    JsonNode body = node.path("!=");
    return body.isMissingNode() ? node : JsonNodeFactory.instance.objectNode().set("==", body);
  }

  private static Condition containsAll(
      JsonNode node, JsonNode left, JsonNode right, boolean holds) {
    String path = path(left);
    Set<String> words = words(right);
    if (path == null || words == null) {
      return other(node, holds);
    }
    List<Condition> each = new ArrayList<>();
    words.forEach(word -> each.add(one(new Atom.Holds(path, Set.of(word)), holds)));
    return holds ? new Condition.All(each) : new Condition.Any(each);
  }

  private static Literal literal(JsonNode node, String operator, JsonNode body) {
    JsonNode left = body.isArray() ? body.path(0) : body.path("left");
    JsonNode right = body.isArray() ? body.path(1) : body.path("right");
    Literal read =
        switch (operator) {
          case "." -> yes(path(node), Atom.Truth::new);
          case "has" -> has(body);
          case "like" -> like(left, body.path("pattern"));
          case "<", "lessThan" -> below(left, right, 0, true);
          case "<=", "lessThanOrEqual" -> below(left, right, 1, true);
          case ">", "greaterThan" -> below(left, right, 1, false);
          case ">=", "greaterThanOrEqual" -> below(left, right, 0, false);
          case "contains" -> contains(left, right);
          case "containsAny" -> holds(path(left), words(right));
          default -> null;
        };
    return read == null ? new Literal(new Atom.Other(node), true) : read;
  }

  private static @Nullable Literal yes(@Nullable String path, Function<String, Atom> atom) {
    return path == null ? null : new Literal(atom.apply(path), true);
  }

  private static @Nullable Literal has(JsonNode body) {
    JsonNode left = body.path("left");
    String attribute = body.path("attr").asText();
    if (left.path("Var").asText().equals("context")) {
      return new Literal(new Atom.Present(attribute), true);
    }
    String path = path(left);
    return path == null ? null : new Literal(new Atom.Present(path + "." + attribute), true);
  }

  private static @Nullable Literal like(JsonNode left, JsonNode pattern) {
    String path = path(left);
    if (path == null) {
      return null;
    }
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    for (JsonNode part : pattern) {
      if (part.has("Literal")) {
        piece.append(part.path("Literal").asText());
      } else {
        pieces.add(piece.toString());
        piece.setLength(0);
      }
    }
    pieces.add(piece.toString());
    return new Literal(new Atom.Like(path, pieces), true);
  }

  private static @Nullable Literal below(JsonNode left, JsonNode right, int more, boolean holds) {
    String path = path(left);
    Long limit = number(right);
    boolean mirrored = path == null || limit == null;
    if (mirrored) { // 5 < x is x > 5, which is not x < 6
      path = path(right);
      limit = number(left);
    }
    if (path == null || limit == null) {
      return null;
    }
    int add = mirrored ? 1 - more : more;
    return limit == Long.MAX_VALUE && add == 1
        ? null
        : new Literal(new Atom.Below(path, limit + add), mirrored != holds);
  }

  private static @Nullable Literal contains(JsonNode left, JsonNode right) {
    String inside = path(right);
    Set<String> words = words(left);
    if (inside != null && words != null) {
      return new Literal(new Atom.Among(inside, words), true);
    }
    JsonNode word = right.path("Value");
    return word.isTextual() ? holds(path(left), Set.of(word.textValue())) : null;
  }

  private static @Nullable Literal holds(@Nullable String path, @Nullable Set<String> words) {
    return path == null || words == null ? null : new Literal(new Atom.Holds(path, words), true);
  }

  /** {@code a.b} of {@code context.a.b}. */
  static @Nullable String path(JsonNode node) {
    JsonNode access = node.path(".");
    if (node.size() != 1 || !access.path("attr").isTextual()) {
      return null;
    }
    String name = access.path("attr").textValue();
    if (access.path("left").path("Var").asText().equals("context")) {
      return name;
    }
    String before = path(access.path("left"));
    return before == null ? null : before + "." + name;
  }

  private static @Nullable Long number(JsonNode node) {
    if (node.path("Value").isIntegralNumber() && node.path("Value").canConvertToLong()) {
      return node.path("Value").longValue();
    }
    JsonNode decimal = node.path("decimal").path(0).path("Value");
    try {
      return decimal.isTextual()
          ? new BigDecimal(decimal.textValue()).movePointRight(DIGITS).longValueExact()
          : null;
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Set<String> words(JsonNode node) {
    if (!node.path("Set").isArray()) {
      return null;
    }
    Set<String> words = new TreeSet<>();
    for (JsonNode one : node.path("Set")) {
      if (!one.path("Value").isTextual()) {
        return null;
      }
      words.add(one.path("Value").textValue());
    }
    return words;
  }
}
