/// What people and other services ask over HTTP, and how they are told what is wrong with their question.
@NullMarked
package dev.aerie.ingest.web;

import org.jspecify.annotations.NullMarked;
