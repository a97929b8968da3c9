package dev.tollgate.compatibility.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Boot's own tracing. Spring AI 1.1 alone begins a trace for each tool of a stream. */
class TraceTest {
  @TestConfiguration(proxyBeanMethods = false)
  static class Exporting {
    @Bean
    InMemorySpanExporter spans() {
      return InMemorySpanExporter.create();
    }
  }

  private static List<SpanData> spans(Office office, Runnable chat) {
    InMemorySpanExporter exporter = office.context.getBean(InMemorySpanExporter.class);
    SdkTracerProvider provider = office.context.getBean(SdkTracerProvider.class);
    provider.forceFlush().join(10, TimeUnit.SECONDS);
    exporter.reset();
    chat.run();
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    List<SpanData> spans;
    do { // the model's own ends only after the stream's last word
      provider.forceFlush().join(10, TimeUnit.SECONDS);
      spans = List.copyOf(exporter.getFinishedSpanItems());
    } while (spans.stream().noneMatch(span -> span.getName().startsWith("chat "))
        && System.nanoTime() < until);
    return spans;
  }

  private static List<SpanData> tools(List<SpanData> spans) {
    return spans.stream().filter(span -> span.getName().startsWith("tool_call")).toList();
  }

  @Test
  void a_chat_and_its_tools_are_one_trace_also_when_it_streams(@TempDir Path folder)
      throws Exception {
    try (Office office = Office.open(folder, Exporting.class)) {
      office.model.asks("readFile {\"file\":\"a\"}", "deleteFile {\"file\":\"b\"}");
      var request = office.client().prompt().user("tidy up").tools(office.files());
      List<SpanData> called = spans(office, () -> request.call().content());
      assertOneTrace(called);
      List<SpanData> streamed = spans(office, () -> request.stream().content().blockLast());
      assertOneTrace(streamed);
      String chat = named(streamed, "chat ").getSpanId();
      assertThat(tools(streamed)).extracting(SpanData::getParentSpanId).containsOnly(chat);
    }
  }

  private static void assertOneTrace(List<SpanData> spans) {
    assertThat(tools(spans)).hasSize(2);
    assertThat(spans).extracting(SpanData::getTraceId).containsOnly(spans.get(0).getTraceId());
    assertThat(tools(spans))
        .extracting(span -> span.getAttributes().asMap().toString())
        .anyMatch(attributes -> attributes.contains("outcome=permit"))
        .anyMatch(attributes -> attributes.contains("outcome=deny"));
  }

  private static SpanData named(List<SpanData> spans, String name) {
    return spans.stream().filter(span -> span.getName().startsWith(name)).findFirst().orElseThrow();
  }
}
