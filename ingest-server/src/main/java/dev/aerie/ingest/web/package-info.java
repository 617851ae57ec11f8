/// The HTTP API for users and other services, and its error responses.
@NullMarked
package dev.aerie.ingest.web;

import org.jspecify.annotations.NullMarked;
