/// The streams that a replica was given to work on: begun, ended, restarted.
@NullMarked
package dev.aerie.service.worker;

import org.jspecify.annotations.NullMarked;
