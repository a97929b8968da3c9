package dev.tollgate.spring;

import dev.tollgate.langchain4j.TollgateLangChain4j;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/** Runs before any AI service is built: without a gate the adapter would deny what they do. */
final class SwitchedOff implements BeanFactoryPostProcessor, DisposableBean {
  private boolean done;

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
    TollgateLangChain4j.switchOff();
    done = true;
  }

  /** The next context in this process may have a gate, and another's is not ours to take away. */
  @Override
  public void destroy() {
    if (done) {
      TollgateLangChain4j.uninstall();
    }
  }
}
