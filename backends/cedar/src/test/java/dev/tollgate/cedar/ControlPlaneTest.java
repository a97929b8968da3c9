package dev.tollgate.cedar;

import static dev.tollgate.cedar.Office.call;
import static dev.tollgate.cedar.Office.denied;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.tollgate.GateClock;
import dev.tollgate.bundle.BundleException;
import dev.tollgate.bundle.BundleKey;
import dev.tollgate.bundle.BundleText;
import dev.tollgate.bundle.PolicyBundle;
import dev.tollgate.config.ConfigurationException;
import dev.tollgate.config.Settings;
import dev.tollgate.policy.Decision;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.policy.PolicyListener;
import dev.tollgate.policy.ReloadSettings;
import dev.tollgate.policy.ReloadingDecisionPoint;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.tool.ToolDefinition;
import dev.tollgate.tool.ToolLock;
import dev.tollgate.tool.ToolManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real folders, bundles and policies; looks are made by hand. */
class ControlPlaneTest implements GateClock {
  private static final String READ =
      "@id(\"read\") permit(principal, action in Action::\"effect:read\", resource);\n";
  private static final String PAY =
      "@id(\"pay\") permit(principal, action == Action::\"bank_pay\", resource);\n";
  private static final String NO_MAIL =
      "@id(\"no-mail\") forbid(principal, action == Action::\"mail_inbox\", resource);\n";
  private static final ReloadSettings HOURLY =
      new ReloadSettings(Duration.ofHours(1), Duration.ofHours(3));

  @TempDir private Path temp = Path.of("");
  private Path folder = Path.of("");
  private Path bundle = Path.of("");
  private Path publicKey = Path.of("");
  private @Nullable ECKey key;
  private Instant now = Office.NOON;
  private long nanos;
  private final List<PolicyListener.Change> changes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  private void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  @BeforeEach
  void lay() throws Exception {
    folder = Files.createDirectory(temp.resolve("policies"));
    Files.writeString(folder.resolve("a.cedar"), READ);
    bundle = temp.resolve("office.bundle");
    publicKey = temp.resolve("key.pub.jwk");
    ECKey made = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    key = made;
    Files.writeString(publicKey, made.toPublicJWK().toJSONString());
  }

  private ReloadingDecisionPoint folderAt() {
    return listened(
        ReloadingDecisionPoint.start(new FolderOrigin(folder, Office.MANIFEST), HOURLY, this));
  }

  private ReloadingDecisionPoint listened(ReloadingDecisionPoint made) {
    made.listen(
        new PolicyListener() {
          @Override
          public void reloaded(Change change) {
            changes.add(change);
          }

          @Override
          public void reloadFailed(String problem) {
            problems.add(problem);
          }

          @Override
          public void cacheLost(String tool) {}
        });
    return made;
  }

  private static Decision ask(PolicyDecisionPoint policies, String tool) {
    return policies.decide(List.of(call(tool, "{}"))).get(0);
  }

  private void sign(long sequence, String text) throws IOException {
    sign(sequence, text, null);
  }

  private void sign(long sequence, String text, @Nullable String manifest) throws IOException {
    ECKey signer = key;
    assertThat(signer).isNotNull();
    PolicyBundle made =
        new PolicyBundle(
            "office",
            sequence,
            null,
            Office.NOON.plus(Duration.ofHours(10)),
            Map.of("a.cedar", text),
            manifest);
    Files.writeString(bundle, BundleText.sign(made, signer));
  }

  private PolicyDecisionPoint create(String... keysAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put("tollgate.policy." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new CedarPolicyProvider().create(new Settings(values), Office.MANIFEST, this);
  }

  @Test
  void aChangedFolderIsInForceWhenItWasFoundTwice() throws Exception {
    Files.writeString(folder.resolve("b.cedar"), NO_MAIL);
    try (Closing<ReloadingDecisionPoint> made = new Closing<>(folderAt())) {
      assertThat(denied(ask(made.of, "mail_inbox"))).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
      String before = made.of.revision();
      Files.delete(folder.resolve("b.cedar"));
      Files.writeString(folder.resolve("c.cedar"), PAY);
      made.of.look();
      assertThat(made.of.revision()).isEqualTo(before);
      made.of.look();
      assertThat(ask(made.of, "mail_inbox").outcome()).isEqualTo("permit");
      assertThat(changes)
          .containsExactly(
              new PolicyListener.Change(
                  before, made.of.revision(), 2, List.of("no-mail"), List.of("pay")));
    }
  }

  /** The first half of the file is a set by itself, without the forbid at its end. */
  @Test
  void aHalfWrittenFileIsNotTakenForASet() throws Exception {
    Files.writeString(folder.resolve("a.cedar"), READ + NO_MAIL);
    try (Closing<ReloadingDecisionPoint> made = new Closing<>(folderAt())) {
      Files.writeString(folder.resolve("a.cedar"), PAY + READ);
      made.of.look();
      assertThat(denied(ask(made.of, "mail_inbox"))).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
      Files.writeString(folder.resolve("a.cedar"), PAY + READ + NO_MAIL);
      made.of.look();
      made.of.look();
      assertThat(denied(ask(made.of, "mail_inbox"))).isEqualTo(ReasonCode.POLICY_FORBIDDEN);
      assertThat(ask(made.of, "bank_pay").outcome()).isEqualTo("permit");
      assertThat(changes).hasSize(1);
      assertThat(changes.get(0).forbidsGone()).isEmpty();
    }
  }

  @Test
  void whatDoesNotParseOrCannotBeReadLeavesTheLastGoodSetUntilItIsTooOld() throws Exception {
    try (Closing<ReloadingDecisionPoint> made = new Closing<>(folderAt())) {
      String before = made.of.revision();
      Files.writeString(folder.resolve("b.cedar"), "permit(principal, action == Action::\"pya\"");
      made.of.look();
      made.of.look();
      Files.write(folder.resolve("b.cedar"), new byte[] {(byte) 0xff});
      made.of.look();
      Files.delete(folder.resolve("b.cedar"));
      Files.createSymbolicLink(folder.resolve("b.cedar"), folder.resolve("gone"));
      made.of.look();
      assertThat(problems).hasSize(3);
      assertThat(problems.get(0)).contains("b.cedar:1");
      assertThat(problems.get(1)).contains("is not UTF-8");
      assertThat(problems.get(2)).contains("cannot be read");
      assertThat(made.of.revision()).isEqualTo(before);
      assertThat(ask(made.of, "mail_inbox").outcome()).isEqualTo("permit");
      pass(Duration.ofHours(3).plusNanos(1));
      assertThat(denied(ask(made.of, "mail_inbox"))).isEqualTo(ReasonCode.POLICY_STALE);
      Files.delete(folder.resolve("b.cedar"));
      made.of.look();
      assertThat(ask(made.of, "mail_inbox").outcome()).isEqualTo("permit");
    }
  }

  @Test
  void anEmptyFolderDeniesEverythingAndIsOnRecord() throws Exception {
    try (Closing<ReloadingDecisionPoint> made = new Closing<>(folderAt())) {
      Files.delete(folder.resolve("a.cedar"));
      made.of.look();
      made.of.look();
      assertThat(denied(ask(made.of, "mail_inbox"))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
      assertThat(changes).extracting(PolicyListener.Change::policies).containsExactly(0);
    }
  }

  @Test
  void aBundleIsLoadedAndItsSuccessorAtOnce() throws Exception {
    sign(1, READ);
    ReloadingDecisionPoint made =
        listened((ReloadingDecisionPoint) create("bundle", "" + bundle, "bundle-key", key()));
    assertThat(ask(made, "mail_inbox").outcome()).isEqualTo("permit");
    sign(2, PAY);
    made.look();
    assertThat(ask(made, "bank_pay").outcome()).isEqualTo("permit");
    sign(1, READ);
    made.look();
    sign(2, READ);
    made.look();
    assertThat(problems).hasSize(2).allMatch(one -> one.contains("not above 2 in force"));
    assertThat(ask(made, "bank_pay").outcome()).isEqualTo("permit");
    pass(Duration.ofHours(10));
    assertThat(denied(ask(made, "bank_pay"))).isEqualTo(ReasonCode.POLICY_STALE);
  }

  private String key() {
    return publicKey.toString();
  }

  @Test
  void aBundleThatIsOverTamperedWithOrForOtherToolsDoesNotStart() throws Exception {
    sign(1, READ);
    String good = Files.readString(bundle);
    Files.writeString(bundle, good.replace('e', 'f'));
    String[] from = {"bundle", "" + bundle, "bundle-key", key()};
    assertThatThrownBy(() -> create(from))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(bundle + ": ");
    sign(1, READ, "version: tollgate/manifest/v1\ntools: [{name: other, effect: read}]\n");
    assertThatThrownBy(() -> create(from)).hasMessageContaining("another manifest");
    Files.writeString(bundle, good);
    pass(Duration.ofHours(10));
    assertThatThrownBy(() -> create(from)).hasMessageContaining("expired");
  }

  @Test
  void aCeilingHoldsAlsoAfterAReload() throws Exception {
    Path ceiling = Files.createDirectory(temp.resolve("ceiling"));
    Files.writeString(ceiling.resolve("top.cedar"), READ);
    sign(1, READ);
    PolicyDecisionPoint made =
        create("bundle", "" + bundle, "bundle-key", key(), "ceiling", "" + ceiling);
    assertThat(ask(made, "mail_inbox").outcome()).isEqualTo("permit");
    assertThat(ask(made, "mail_inbox").basis().policies()).containsExactly("read", "ceiling:read");
    sign(2, PAY);
    PolicyDecisionPoint next =
        create("bundle", "" + bundle, "bundle-key", key(), "ceiling", "" + ceiling);
    assertThat(denied(ask(next, "bank_pay"))).isEqualTo(ReasonCode.POLICY_NO_PERMIT);
    assertThat(ask(next, "bank_pay").basis().decider()).isEqualTo("ceiling");
    assertThat(next.revision()).isNotEqualTo(made.revision());
  }

  @Test
  void aShadowSpeaksAndDecidesNothing() {
    PolicyDecisionPoint made = create("set", "permit-all", "shadow", folder.toString());
    Decision pay = ask(made, "bank_pay");
    assertThat(pay.outcome()).isEqualTo("permit");
    assertThat(pay.basis().dissent()).isNotNull();
    assertThat(ask(made, "mail_inbox").basis().dissent()).isNull();
  }

  @Test
  void whatMustBeProtectedIsNamed() throws Exception {
    CedarPolicyProvider provider = new CedarPolicyProvider();
    sign(1, READ);
    assertThat(
            provider.places(
                new Settings(
                    Map.of(
                        "tollgate.policy.bundle", bundle.toString(),
                        "tollgate.policy.bundle-key", key(),
                        "tollgate.policy.ceiling", folder.toString(),
                        "tollgate.policy.shadow", folder.toString()))))
        .containsOnlyKeys("tollgate.policy.bundle-key", "tollgate.policy.ceiling");
    assertThat(
            provider.places(
                new Settings(
                    Map.of(
                        "tollgate.policy.folder",
                        folder.toString(),
                        "tollgate.policy.ceiling",
                        "office"))))
        .containsOnlyKeys("tollgate.policy.folder");
  }

  @Test
  void settingsThatMakeNoSenseStopTheStart() {
    String at = folder.toString();
    refuses("shipped sets are");
    refuses("shipped sets are", "ceiling", "office");
    refuses("both set", "set", "none", "folder", at);
    refuses("bundle-key is not set", "bundle", at);
    refuses("does not change", "set", "none", "reload", "30s");
    refuses("tollgate.policy.reload is not", "folder", at, "max-age", "1h");
    refuses("cannot be used", "folder", at, "reload", "1h", "max-age", "1h");
    refuses("cannot be used", "folder", at, "reload", "10ms");
    refuses("no shipped set, folder or bundle", "set", "none", "ceiling", "nowhere");
    refuses("no shipped set, folder or bundle", "set", "none", "shadow", "nowhere");
  }

  private void refuses(String message, String... keysAndValues) {
    assertThatThrownBy(() -> create(keysAndValues))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  /** Closes what is not closeable by itself. */
  private record Closing<P extends PolicyDecisionPoint>(P of) implements AutoCloseable {
    @Override
    public void close() {
      of.close();
    }
  }

  /** What is inside for the policies must be inside for the gate. */
  @Test
  void aManifestInTheBundleMustHaveTheGatesOwnZones() throws Exception {
    String tools = "version: tollgate/manifest/v1\ntools: [{name: mail_inbox, effect: read}]\n";
    String inside = tools + "zones: {inside: [corp.example, 10.0.0.0/8]}\n";
    ToolManifest manifest = ToolManifest.parse(inside, "tools.yaml");
    sign(1, READ, inside);
    BundleOrigin same = new BundleOrigin(bundle, BundleKey.read(publicKey), manifest, this);
    listened(ReloadingDecisionPoint.start(same, ReloadSettings.NEVER, this));
    for (String zones : new String[] {"", "zones: {inside: [corp.example, 10.0.0.0/7]}\n"}) {
      sign(2, READ, tools + zones);
      BundleOrigin other = new BundleOrigin(bundle, BundleKey.read(publicKey), manifest, this);
      assertThatThrownBy(() -> ReloadingDecisionPoint.start(other, ReloadSettings.NEVER, this))
          .hasMessageContaining("another manifest");
    }
  }

  @Test
  void aManifestInTheBundleMustBeTheGatesOwn() throws Exception {
    String tools = "version: tollgate/manifest/v1\ntools: [{name: mail_inbox, effect: read}]\n";
    ToolManifest manifest = ToolManifest.parse(tools, "tools.yaml");
    sign(1, READ, tools);
    BundleOrigin origin = new BundleOrigin(bundle, BundleKey.read(publicKey), manifest, this);
    ReloadingDecisionPoint made =
        listened(ReloadingDecisionPoint.start(origin, ReloadSettings.NEVER, this));
    sign(2, READ, tools + "# other\n");
    made.look();
    assertThat(problems).hasSize(1).allMatch(one -> one.contains("another manifest"));
  }

  @Test
  void aLockBesideTheBundleDoesNotMakeItsManifestAnother() throws Exception {
    String tools = "version: tollgate/manifest/v1\ntools: [{name: mail_inbox, effect: read}]\n";
    ToolDefinition inbox = new ToolDefinition("mail_inbox", "", "{\"type\":\"object\"}", "x");
    ToolManifest locked =
        ToolManifest.parse(tools, "tools.yaml").locked(ToolLock.of(List.of(inbox)));
    sign(1, READ, tools);
    BundleOrigin origin = new BundleOrigin(bundle, BundleKey.read(publicKey), locked, this);
    ReloadingDecisionPoint made =
        listened(ReloadingDecisionPoint.start(origin, ReloadSettings.NEVER, this));
    made.look();
    assertThat(problems).isEmpty();
  }
}
