/// Input pushed by clients: video, IMU and telemetry over WebSocket, video by RTSP RECORD.
@NullMarked
package dev.aerie.ingest.push;

import org.jspecify.annotations.NullMarked;
