/// HTTP and WebSockets: what people tell cameras, and how cameras stand.
@NullMarked
package dev.aerie.ptz.web;

import org.jspecify.annotations.NullMarked;
