package dev.tollgate.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a {@code @SpringBootTest}: the application's own gate with its own policies, whose keys and
 * audit are in memory, and a bean of type {@link TollgateRecords}. Each test method begins with
 * nothing recorded and nothing scripted. Outside of a test's context it does nothing.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureTollgateTest {}
