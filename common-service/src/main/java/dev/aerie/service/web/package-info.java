/// What every service does alike over HTTP: who is let in, and how errors are told.
@NullMarked
package dev.aerie.service.web;

import org.jspecify.annotations.NullMarked;
