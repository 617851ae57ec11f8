package dev.aerie.service.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes the environment variable behind a method of a configuration interface. Its name and default are in
/// `@WithDefault("${NAME:default}")`; its type is the method's. [MappedSettings] reads both.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Variable {

    /// Its meaning, for an operator.
    String value();

    String unit() default "";

    /// Smallest value of a number or duration.
    double min() default Double.NEGATIVE_INFINITY;

    /// Largest value of a number or duration.
    double max() default Double.POSITIVE_INFINITY;

    /// The allowed values; those of an enum or boolean follow from its type.
    String[] choices() default {};

    /// A regular expression of the allowed texts; [#allowed] describes it.
    String pattern() default "";

    /// Whether it names a file or folder that must exist; [#allowed] describes it.
    boolean exists() default false;

    String allowed() default "any text";

    /// Other names of the variable.
    String[] alsoCalled() default {};

    /// Accepted values of other projects, each as `theirs=ours`.
    String[] taking() default {};
}
