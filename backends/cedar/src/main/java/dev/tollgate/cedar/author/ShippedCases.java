package dev.tollgate.cedar.author;

import dev.tollgate.cedar.CedarPolicySet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cases in the jar: {@code <set>.cases.yaml} and {@code <set>.manifest.yaml} beside a set. */
final class ShippedCases {
  private ShippedCases() {}

  static PolicySuite suite(String name, CedarPolicySet set) {
    String file = name + "/" + name + ".cases.yaml";
    String cases = text(file);
    if (cases == null) {
      return new PolicySuite(name, List.of());
    }
    return new PolicySuite(name, List.of(CaseReader.read(cases, file, set, own -> set.manifest())));
  }

  private static @Nullable String text(String file) {
    try (InputStream in = CedarPolicySet.class.getResourceAsStream("sets/" + file)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new CaseFileException(file, "cannot be read", e);
    }
  }
}
