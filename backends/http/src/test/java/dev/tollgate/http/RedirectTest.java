package dev.tollgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.destination.ConnectionRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {
  private Site site;
  private Site other;
  private GuardedHttpClient client;

  @BeforeEach
  void open() throws IOException {
    site = new Site("hello");
    other = new Site("other");
    client =
        GuardedHttpClient.builder()
            .permit("127.0.0.1:" + site.port())
            .permit("127.0.0.1:" + other.port())
            .build();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    site.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://2130706433:1/",
        "http://0x7f.1:1/",
        "http://localhost.:1/",
        "http://localhost:1/",
        "http://127.0.0.1:1/",
        "http://user@127.0.0.1/",
        "//169.254.169.254/",
        "https://10.0.0.1/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:0/",
        "http:",
        "http://",
        "ht tp://x/",
        "http://\\u0000/"
      })
  void aRedirectToWhereNobodyMayGoIsRefused(String to) {
    assertThatThrownBy(() -> Caller.get(client, site.redirect("127.0.0.1", 302, escaped(to))))
        .isInstanceOf(ConnectionRefusedException.class)
        .hasMessageNotContaining(to);
  }

  private static String escaped(String to) {
    return to.replace(" ", "%20").replace("\\", "%5C").replace("[", "%5B").replace("]", "%5D");
  }

  @Test
  void aRelativeRedirectStaysWhereItIs() throws Exception {
    assertThat(Caller.get(client, site.redirect("127.0.0.1", 302, "/there?x=1")))
        .isEqualTo("hello");
    assertThat(site.seen().get(1).uri()).isEqualTo("/there?x=1");
  }

  @Test
  void aRedirectThatLeadsInCirclesEndsAfterFive() {
    assertThatThrownBy(() -> Caller.get(client, site.at("127.0.0.1") + "/loop"))
        .isInstanceOf(ConnectionRefusedException.class);
    assertThat(site.seen()).hasSize(6);
  }

  @Test
  void toAnotherOriginGoesNothingThatMayBeAKey() throws Exception {
    HttpGet request = new HttpGet(site.redirect("127.0.0.1", 302, other.at("127.0.0.1")));
    request.setHeader("Authorization", "Bearer mine");
    request.setHeader("Cookie", "session=mine");
    request.setHeader("X-Api-Key", "mine");
    request.setHeader("Accept", "text/plain");
    String answer = client.execute(request, r -> EntityUtils.toString(r.getEntity()));
    assertThat(answer).isEqualTo("other");
    assertThat(site.header(0, "Authorization")).isEqualTo("Bearer mine");
    assertThat(site.header(0, "X-Api-Key")).isEqualTo("mine");
    assertThat(other.header(0, "Accept")).isEqualTo("text/plain");
    assertThat(other.seen().get(0).headers().toString()).doesNotContain("mine");
  }

  @Test
  void onTheSameOriginAKeyStaysAndAfterADetourItIsGone() throws Exception {
    HttpGet same = new HttpGet(site.redirect("127.0.0.1", 302, "/x"));
    same.setHeader("Authorization", "Bearer mine");
    client.execute(same, r -> "");
    assertThat(site.header(1, "Authorization")).isEqualTo("Bearer mine");
    String back = other.redirect("127.0.0.1", 302, site.at("127.0.0.1") + "/back");
    HttpGet detour = new HttpGet(site.redirect("127.0.0.1", 302, back));
    detour.setHeader("Authorization", "Bearer mine");
    client.execute(detour, r -> "");
    assertThat(site.seen().get(3).uri()).isEqualTo("/back");
    assertThat(site.header(3, "Authorization")).isNull();
  }

  @Test
  void aBodyIsSentOnWithinItsOriginOnly() throws Exception {
    HttpPost same = new HttpPost(site.redirect("127.0.0.1", 307, "/x"));
    same.setEntity(new StringEntity("payload", ContentType.TEXT_PLAIN));
    client.execute(same, r -> "");
    assertThat(site.seen().get(1).body()).isEqualTo("payload");
    HttpPost away = new HttpPost(site.redirect("127.0.0.1", 308, other.at("127.0.0.1")));
    away.setEntity(new StringEntity("payload", ContentType.TEXT_PLAIN));
    assertThatThrownBy(() -> client.execute(away, r -> ""))
        .isInstanceOf(ConnectionRefusedException.class);
    assertThat(other.seen()).isEmpty();
    HttpPost once = new HttpPost(site.redirect("127.0.0.1", 307, "/x"));
    once.setEntity(
        new InputStreamEntity(new ByteArrayInputStream(new byte[3]), ContentType.TEXT_PLAIN));
    assertThatThrownBy(() -> client.execute(once, r -> ""))
        .isInstanceOf(ConnectionRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void aPostThatIsSentElsewhereBecomesAGetWithoutItsBody(int code) throws Exception {
    HttpPost post = new HttpPost(site.redirect("127.0.0.1", code, other.at("127.0.0.1")));
    post.setEntity(new StringEntity("payload", ContentType.TEXT_PLAIN));
    client.execute(post, r -> "");
    assertThat(other.seen().get(0).method()).isEqualTo("GET");
    assertThat(other.seen().get(0).body()).isEmpty();
    assertThat(other.header(0, "Content-Type")).isNull();
  }

  @Test
  void whatIsNoRedirectIsTheAnswer() throws Exception {
    AtomicInteger code = new AtomicInteger();
    for (int one : new int[] {300, 304, 305, 306}) {
      client.execute(
          new HttpGet(site.redirect("127.0.0.1", one, other.at("127.0.0.1"))),
          r -> {
            code.set(r.getCode());
            return "";
          });
      assertThat(code).hasValue(one);
    }
    assertThat(other.seen()).isEmpty();
  }
}
