package dev.tollgate.langchain4j.delegate;

import dev.langchain4j.service.tool.ToolProvider;
import dev.tollgate.delegation.Grant;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an agent's interface and builder say it may at most do. For the adapter. */
public final class DeclaredGrant {
  private final @Nullable Grant annotated;

  private DeclaredGrant(@Nullable Grant annotated) {
    this.annotated = annotated;
  }

  /**
   * Reads the annotation.
   *
   * @throws IllegalArgumentException if there are several, or one that makes no grant
   */
  public static DeclaredGrant on(Class<?> agent) {
    List<Delegate> found = found(agent);
    if (found.size() > 1) {
      throw new IllegalArgumentException(agent.getName() + " has more than one @Delegate");
    }
    try {
      return new DeclaredGrant(found.isEmpty() ? null : grant(agent.getSimpleName(), found.get(0)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "@Delegate on " + agent.getName() + ": " + e.getMessage(), e);
    }
  }

  /**
   * A workflow's agents may work on threads of their own, which its declaration would not reach.
   *
   * @throws IllegalArgumentException if it has one
   */
  public static void noneOn(Class<?> workflow) {
    if (!found(workflow).isEmpty()) {
      throw new IllegalArgumentException(
          "@Delegate on "
              + workflow.getName()
              + " narrows nothing: it is a workflow. Put it on its agents.");
    }
  }

  /**
   * The grant.
   *
   * @param providers the agent's tool providers
   * @return {@code null} if nothing is declared
   */
  public @Nullable Grant with(Collection<ToolProvider> providers) {
    Grant grant = annotated;
    for (ToolProvider provider : providers) {
      if (provider instanceof AgentGrant more) {
        grant = grant == null ? more.grant() : both(grant, more.grant());
      }
    }
    return grant;
  }

  private static List<Delegate> found(Class<?> agent) {
    List<Delegate> found = new ArrayList<>();
    for (Class<?> type : hierarchy(agent, new LinkedHashSet<>())) {
      add(type.getDeclaredAnnotation(Delegate.class), found);
      for (Method method : type.getDeclaredMethods()) {
        add(method.getAnnotation(Delegate.class), found);
      }
    }
    return found;
  }

  private static void add(@Nullable Delegate one, List<Delegate> found) {
    if (one != null) {
      found.add(one);
    }
  }

  private static Set<Class<?>> hierarchy(@Nullable Class<?> type, Set<Class<?>> into) {
    if (type != null && into.add(type)) {
      hierarchy(type.getSuperclass(), into);
      for (Class<?> above : type.getInterfaces()) {
        hierarchy(above, into);
      }
    }
    return into;
  }

  private static Grant grant(String name, Delegate said) {
    Grant grant =
        Grant.to(said.to().isEmpty() ? name : said.to())
            .tools(said.tools())
            .scopes(said.scopes())
            .calls(said.budget().calls())
            .depth(said.depth())
            .lifetime(Duration.ofSeconds(said.lifetimeSeconds()));
    for (Delegate.Amount amount : said.budget().amounts()) {
      if (grant.amounts().containsKey(amount.name())) {
        throw new IllegalArgumentException("an amount is named twice");
      }
      grant = grant.amount(amount.name(), amount.most());
    }
    return grant;
  }

  private static Grant both(Grant one, Grant other) {
    Map<String, Long> amounts = new HashMap<>();
    one.amounts()
        .forEach(
            (name, most) -> {
              Long bound = other.amounts().get(name);
              if (bound != null) {
                amounts.put(name, Math.min(most, bound));
              }
            });
    return new Grant(
        one.to(),
        common(one.tools(), other.tools()),
        common(one.scopes(), other.scopes()),
        Math.min(one.calls(), other.calls()),
        amounts,
        Math.min(one.depth(), other.depth()),
        one.lifetime().compareTo(other.lifetime()) < 0 ? one.lifetime() : other.lifetime());
  }

  private static Set<String> common(Set<String> some, Set<String> others) {
    Set<String> common = new HashSet<>(some);
    common.retainAll(others);
    return common;
  }
}
