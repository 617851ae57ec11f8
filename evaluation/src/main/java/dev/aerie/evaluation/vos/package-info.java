/// How well masks are followed through labelled videos: DAVIS' measures, its layout of files, and runs over both.
@NullMarked
package dev.aerie.evaluation.vos;

import org.jspecify.annotations.NullMarked;
