package dev.aerie.ptz.pipeline;

import dev.aerie.ptz.follow.Steerings;
import dev.aerie.ptz.identity.Identities;
import dev.aerie.ptz.measure.Calibrations;
import dev.aerie.ptz.neighbours.SiteHandoffs;
import dev.aerie.ptz.tracks.ClickTrackers;
import dev.aerie.ptz.tracks.DetectorChoice;
import dev.aerie.ptz.tracks.TrackerChoice;
import dev.aerie.service.worker.StreamInput;
import dev.aerie.video.VideoFrame;

/// What the work on every stream is made of; all of it is safe for several threads.
///
/// - `input`: how its streams are read
/// - `detectFps`: detections a second, at most
public record PtzContext(
        StreamInput<VideoFrame> input,
        Steerings steerings,
        SiteHandoffs handoffs,
        Identities identities,
        Calibrations calibrations,
        DetectorChoice detectors,
        ClickTrackers clicks,
        TrackerChoice tracker,
        double detectFps) {}
