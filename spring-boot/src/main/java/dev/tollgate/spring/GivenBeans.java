package dev.tollgate.spring;

import dev.tollgate.approval.ApprovalListener;
import dev.tollgate.approval.ApprovalStore;
import dev.tollgate.audit.AuditSink;
import dev.tollgate.config.GivenParts;
import dev.tollgate.credential.CredentialIssuer;
import dev.tollgate.credential.RevocationOutbox;
import dev.tollgate.key.KeySource;
import dev.tollgate.policy.PolicyDecisionPoint;
import dev.tollgate.state.StateStore;
import dev.tollgate.tool.ToolManifest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/** The application's own beans for parts of the gate. Several of a kind need a primary one. */
final class GivenBeans {
  private static final Logger log = LoggerFactory.getLogger(GivenBeans.class);
  private final BeanFactory beans;
  private final List<String> found = new ArrayList<>();

  private GivenBeans(BeanFactory beans) {
    this.beans = beans;
  }

  /**
   * Looks for them.
   *
   * @throws org.springframework.beans.factory.NoUniqueBeanDefinitionException for several of a kind
   *     without a primary one: none of them is silently left out
   */
  static GivenParts in(BeanFactory factory) {
    GivenBeans beans = new GivenBeans(factory);
    GivenParts parts =
        new GivenParts(
            beans.find(PolicyDecisionPoint.class),
            beans.find(AuditSink.class),
            beans.find(KeySource.class),
            beans.find(ToolManifest.class),
            beans.find(StateStore.class),
            beans.find(CredentialIssuer.class),
            beans.find(RevocationOutbox.class),
            beans.find(ApprovalStore.class),
            beans.find(ApprovalListener.class));
    if (!beans.found.isEmpty()) {
      log.info("beans take the place of what tollgate.* settings say: {}", beans.found);
    }
    return parts;
  }

  private <T> @Nullable T find(Class<T> type) {
    T bean = beans.getBeanProvider(type).getIfAvailable();
    if (bean != null) {
      found.add(type.getSimpleName() + " (" + bean.getClass().getName() + ")");
    }
    return bean;
  }
}
