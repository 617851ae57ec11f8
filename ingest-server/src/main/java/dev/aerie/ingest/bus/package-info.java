/// What goes to the broker and comes from it: stream events, shares of work, requests to restart.
@NullMarked
package dev.aerie.ingest.bus;

import org.jspecify.annotations.NullMarked;
