package dev.tollgate.cli.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.cli.Tollgate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** From a folder to a bundle that a gate takes, with files and commands only. */
class BundleCommandTest {
  @TempDir private Path temp = Path.of("");
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    return Tollgate.careful(new CommandLine(new BundleCommand()))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String at(String file) {
    return temp.resolve(file).toString();
  }

  @BeforeEach
  void lay() throws Exception {
    Files.createDirectory(temp.resolve("policies"));
    Files.writeString(
        temp.resolve("policies/a.cedar"),
        "permit(principal, action in Action::\"effect:read\", resource);\n");
    assertThat(run("key", "k1", "--out", at("key.jwk"), "--public", at("key.pub.jwk"))).isZero();
  }

  private int sign(String... more) {
    List<String> all = new ArrayList<>(List.of("sign", at("policies")));
    all.addAll(List.of("--key", at("key.jwk"), "--name", "office", "--out", at("office.bundle")));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  @Test
  void whatIsSignedVerifiesAndIsShown() {
    assertThat(sign("--expires", "30d", "--sequence", "7")).isZero();
    assertThat(out.toString()).startsWith("office 7: 1 file, until ");
    assertThat(run("verify", at("office.bundle"), "--key", at("key.pub.jwk"))).isZero();
    assertThat(out.toString()).startsWith("office 7 is good until ");
    assertThat(run("show", at("office.bundle"), "--key", at("key.pub.jwk"))).isZero();
    assertThat(out.toString()).contains("--- a.cedar", "permit(principal", "manifest: no");
  }

  @Test
  void aKeyIsNeverMadeByHalvesOrOverAnother() {
    assertThat(run("key", "k2", "--out", at("new.jwk"), "--public", at("key.pub.jwk")))
        .isEqualTo(1);
    assertThat(err.toString()).contains("key.pub.jwk: is there already");
    assertThat(temp.resolve("new.jwk")).doesNotExist();
  }

  @Test
  void anotherKeyOrAChangedTextDoesNotVerify() throws Exception {
    assertThat(sign("--expires", "30d")).isZero();
    assertThat(run("key", "k1", "--out", at("two.jwk"), "--public", at("two.pub.jwk"))).isZero();
    assertThat(run("verify", at("office.bundle"), "--key", at("two.pub.jwk"))).isEqualTo(1);
    assertThat(err.toString()).contains("not signed by the key");
    Path bundle = temp.resolve("office.bundle");
    Files.writeString(bundle, Files.readString(bundle).replace('e', 'f'));
    assertThat(run("verify", at("office.bundle"), "--key", at("key.pub.jwk"))).isEqualTo(1);
    assertThat(run("show", at("office.bundle"), "--key", at("key.pub.jwk"))).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void thePrivateKeyIsForItsOwnerAndNeverPrintedNorOverwritten() throws Exception {
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("key.jwk"))))
        .isEqualTo("rw-------");
    String secret = Files.readString(temp.resolve("key.jwk"));
    assertThat(run("key", "k1", "--out", at("key.jwk"), "--public", at("x.jwk"))).isEqualTo(1);
    assertThat(Files.readString(temp.resolve("key.jwk"))).isEqualTo(secret);
    assertThat(Files.readString(temp.resolve("key.pub.jwk"))).doesNotContain("\"d\"");
    Files.writeString(temp.resolve("key.jwk"), secret.replace("\"kty\"", "\"kty"));
    assertThat(sign("--expires", "30d")).isEqualTo(1);
    assertThat(err.toString()).contains("is not one EC key").doesNotContain(secret.substring(20));
  }

  @Test
  void policiesThatDoNotFitTheManifestAreNotSigned() throws Exception {
    Files.writeString(
        temp.resolve("tools.yaml"),
        "version: tollgate/manifest/v1\ntools: [{name: pay, effect: pay}]\n");
    assertThat(sign("--expires", "1d", "--manifest", at("tools.yaml"))).isZero();
    Files.writeString(
        temp.resolve("policies/b.cedar"),
        "forbid(principal, action == Action::\"pya\", resource);\n");
    assertThat(sign("--expires", "1d", "--manifest", at("tools.yaml"))).isEqualTo(1);
    assertThat(err.toString()).contains("pya", "b.cedar:1");
    assertThat(run("show", at("office.bundle"), "--key", at("key.pub.jwk"))).isZero();
    assertThat(out.toString()).contains("manifest: yes").doesNotContain("pya");
  }

  @Test
  void aLifetimeThatIsNoneIsRefused() {
    assertThat(sign("--expires", "soon")).isEqualTo(2);
    assertThat(err.toString()).contains("--expires must be a duration").doesNotContain("tollgate.");
    assertThat(sign("--expires", "-1d")).isEqualTo(2);
    assertThat(temp.resolve("office.bundle")).doesNotExist();
  }
}
