/// The environment variables of a service, read from its configuration interface.
@NullMarked
package dev.aerie.service.config;

import org.jspecify.annotations.NullMarked;
