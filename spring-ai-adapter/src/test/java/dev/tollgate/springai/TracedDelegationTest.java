package dev.tollgate.springai;

import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The same where Boot traces: its bridge puts contexts back that are older than the work. */
class TracedDelegationTest extends DelegationTest {
  @Override
  ApplicationContextRunner runner(Application application) {
    return super.runner(application).withBean(ObservationRegistry.class, () -> traced());
  }

  private static ObservationRegistry traced() {
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(
            new DefaultTracingObservationHandler(
                new OtelTracer(
                    SdkTracerProvider.builder().build().get("bridge"),
                    new OtelCurrentTraceContext(),
                    event -> {})));
    return registry;
  }
}
