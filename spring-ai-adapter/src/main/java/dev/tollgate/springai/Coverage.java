package dev.tollgate.springai;

import static dev.tollgate.spring.CoveredPath.covered;
import static dev.tollgate.spring.CoveredPath.escapes;
import static dev.tollgate.spring.CoveredPath.noted;
import static dev.tollgate.spring.CoveredPath.uncovered;

import dev.tollgate.config.AdapterSettings.Strictness;
import dev.tollgate.spring.CoveredPath;
import dev.tollgate.spring.CoveredPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.tool.resolution.ToolCallbackResolver;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** What of Spring AI is covered, proved by a probe call through each manager. */
final class Coverage implements CoveredPaths {
  private static final String WOVEN = "not guarded itself, but woven";

  private final ConfigurableListableBeanFactory beans;
  private final Supplier<Strictness> strictness;
  private final WovenProbe weaving;

  Coverage(ConfigurableListableBeanFactory beans, Supplier<Strictness> strictness) {
    this(beans, strictness, WovenProbe.REAL);
  }

  Coverage(
      ConfigurableListableBeanFactory beans, Supplier<Strictness> strictness, WovenProbe weaving) {
    this.beans = beans;
    this.strictness = strictness;
    this.weaving = weaving;
  }

  @Override
  public String framework() {
    return "Spring AI";
  }

  @Override
  public List<CoveredPath> paths() {
    VisibleBeans visible = new VisibleBeans(beans);
    List<CoveredPath> paths = new ArrayList<>();
    @Nullable String unwoven = weaving.failure();
    boolean woven = unwoven == null;
    visible
        .made(ToolCallingManager.class)
        .forEach(
            (name, manager) -> paths.add(probed("ToolCallingManager " + name, manager, woven)));
    visible
        .made(ToolCallbackResolver.class)
        .forEach(
            (name, found) -> paths.add(resolver("ToolCallbackResolver " + name, found, woven)));
    visible
        .advisors()
        .forEach(
            (name, manager) -> paths.add(inside("ToolCallingAdvisor " + name, manager, woven)));
    visible
        .clients()
        .forEach((name, manager) -> paths.add(inside("ChatClient " + name, manager, woven)));
    visible
        .models()
        .forEach((name, manager) -> paths.add(model("ChatModel " + name, manager, woven)));
    if (visible.builderWithoutManager() && !woven) {
      paths.add(
          uncovered(
              "ChatClient.Builder", "finds no ToolCallingAdvisor.Builder and makes a manager"));
    }
    // Without the intent calls are denied: worth knowing, but not a gap.
    List<String> customized = visible.customizedBuilders();
    for (String name : visible.builders()) {
      paths.add(
          noted(
              "ChatClient.Builder " + name,
              customized.contains(name)
                  ? "customized, captures the intent"
                  : "the application's own, captures no intent unless it applies"
                      + " ChatClientBuilderCustomizer beans"));
    }
    visible
        .made(ChatModel.class)
        .forEach((name, model) -> providers("ChatModel " + name, model).ifPresent(paths::add));
    paths.add(byHand(unwoven));
    return paths;
  }

  private CoveredPath byHand(@Nullable String unwoven) {
    String path =
        "clients and managers that are no beans and made by ChatClient.create,"
            + " ChatClient.builder or ToolCallingManager.builder; callbacks called directly";
    if (unwoven == null) {
      return covered(path, "woven, probe calls were denied");
    }
    return strictness.get() == Strictness.WOVEN
        ? uncovered(path, "tollgate.strict=woven, and " + unwoven)
        : escapes(path, "");
  }

  private static CoveredPath probed(String path, ToolCallingManager manager, boolean woven) {
    boolean guarded = guarded(manager);
    @Nullable String failure = guarded || woven ? Probe.failure(manager) : "is not guarded";
    return failure == null
        ? covered(path, (guarded ? "guarded" : "woven") + ", a probe call was denied")
        : uncovered(path, failure);
  }

  private static CoveredPath resolver(String path, ToolCallbackResolver found, boolean woven) {
    return AopProxyUtils.ultimateTargetClass(found) == GuardedToolCallbackResolver.class
        ? covered(path, "guarded: what is found by name asks the gate")
        : woven ? covered(path, WOVEN) : uncovered(path, "is not guarded");
  }

  /** One that shows no manager is not Spring AI's own; whether it runs tools nobody can see. */
  private static CoveredPath model(
      String path, Optional<ToolCallingManager> manager, boolean woven) {
    return manager.isEmpty()
        ? noted(path, "shows no manager that would run tools")
        : inside(path, manager, woven);
  }

  /** What a model asks its provider for by default; most ask for nothing. */
  private static Optional<CoveredPath> providers(String path, ChatModel model) {
    ModelDefaults defaults = ModelDefaults.of(model);
    List<String> asked = ProviderTools.asked(defaults.options());
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    String which = "its defaults have the provider run " + String.join(", ", asked);
    return Optional.of(
        defaults.inRequests()
            ? noted(path, which + "; each chat of a client is decided on")
            : uncovered(path, which + ": set it in the options of a request instead"));
  }

  private static CoveredPath inside(
      String path, Optional<ToolCallingManager> manager, boolean woven) {
    if (manager.map(Coverage::guarded).orElse(false)) {
      return covered(path, "uses a guarded manager");
    }
    return woven
        ? covered(path, WOVEN)
        : uncovered(
            path,
            "uses a manager that is not guarded: make it with the beans that Spring AI configures,"
                + " not with a static factory");
  }

  /** Also when somebody put a proxy around the guard. */
  private static boolean guarded(ToolCallingManager manager) {
    return AopProxyUtils.ultimateTargetClass(manager) == GuardedToolCallingManager.class;
  }
}
