/// The HTTP behaviour that all services share: authentication, and how errors are reported.
@NullMarked
package dev.aerie.service.web;

import org.jspecify.annotations.NullMarked;
