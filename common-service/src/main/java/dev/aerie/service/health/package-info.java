/// Health checks that every service has.
@NullMarked
package dev.aerie.service.health;

import org.jspecify.annotations.NullMarked;
