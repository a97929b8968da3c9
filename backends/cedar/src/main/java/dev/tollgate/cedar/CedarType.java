package dev.tollgate.cedar;

import java.util.Collections;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** The type of an argument as policies see it. */
sealed interface CedarType {

  /** A type with a name of its own. */
  enum Plain implements CedarType {
    STRING("String"),
    LONG("Long"),
    DECIMAL("decimal"),
    BOOL("Bool");

    private final String text;

    Plain(String text) {
      this.text = text;
    }

    @Override
    public String text(Wanted wanted) {
      return text;
    }
  }

  /** An array; its order and what it repeats are lost. */
  record SetOf(CedarType element) implements CedarType {
    @Override
    public String text(Wanted wanted) {
      return "Set<" + element.text(Wanted.WHOLE) + ">";
    }
  }

  /** An object whose members are known. */
  record Fields(Map<String, Field> fields) implements CedarType {
    static final Fields NONE = new Fields(Map.of());

    public Fields {
      fields = Collections.unmodifiableMap(new TreeMap<>(fields)); // sorted: the text is a digest's
    }

    @Override
    public String text(Wanted wanted) {
      StringJoiner out = new StringJoiner(", ", "{", "}");
      fields.forEach(
          (name, field) -> {
            Wanted member = wanted.member(name);
            if (member != null && !(field.type instanceof Opaque)) {
              String sign = field.required ? ": " : "?: ";
              out.add(CedarSchema.quote(name) + sign + field.type.text(member));
            }
          });
      return out.toString();
    }
  }

  /**
   * What policies cannot read, because its values have no one type.
   *
   * @param why the reason, to stand after a colon
   */
  record Opaque(String why) implements CedarType {
    @Override
    public String text(Wanted wanted) {
      throw new IllegalStateException("Cedar has no type for it: " + why);
    }
  }

  /** A member of an object, or an argument. */
  record Field(CedarType type, boolean required) {}

  /** Cedar's text of the type, with only the members that are wanted. */
  String text(Wanted wanted);
}
