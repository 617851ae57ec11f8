package dev.aerie.ptz.device.onvif;

import com.sun.net.httpserver.HttpExchange;
import dev.aerie.ptz.device.DeviceHttp;
import dev.aerie.ptz.device.DevicePan;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.soap.OnvifNames;
import dev.aerie.ptz.soap.SoapEnvelope;
import dev.aerie.ptz.soap.SoapFault;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/// Serves a camera's motors as an ONVIF camera of Profile S and T, as far as they are about pan, tilt and zoom: the
/// device, media and PTZ services below `/onvif/`.
///
/// Source: ONVIF Core, Media, Media2 and PTZ Service Specifications. Owns its port until [#close], which stops the
/// motors.
public final class OnvifServer implements AutoCloseable {

    private final PtzDevice device;
    private final DeviceServerConfig config;
    private final OnvifFeatures features;
    private final OnvifLogin login;
    private final DeviceHttp http;

    private OnvifServer(PtzDevice device, OnvifFeatures features, DeviceServerConfig config) throws IOException {
        this.device = device;
        this.config = config;
        this.features = features;
        this.login = new OnvifLogin(features.logins(), config);
        this.http = DeviceHttp.start("onvif-device", config, this::handle);
    }

    /// Begins to serve; throws [IOException] where the port is taken.
    public static OnvifServer start(PtzDevice device, OnvifFeatures features, DeviceServerConfig config)
            throws IOException {
        return new OnvifServer(device, features, config);
    }

    /// What a client's `url` must be: the device service.
    public URI uri() {
        return http.uri().resolve(DeviceService.PATH);
    }

    @Override
    public void close() {
        http.close();
        device.stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestURI().getPath().startsWith("/onvif/")) {
            DeviceHttp.answer(exchange, 404, "text/plain", "");
            return;
        }
        try {
            var message = SoapEnvelope.parse(DeviceHttp.body(exchange));
            if (login.isAllowed(exchange, message)) {
                send(exchange, 200, answer(message.body()));
            } else {
                var fault = SoapFault.sender("NotAuthorized", "", "credentials are needed");
                send(exchange, login.refuse(exchange), fault.toElement());
            }
        } catch (MalformedXmlException e) {
            var fault = SoapFault.sender("WellFormed", "", String.valueOf(e.getMessage()));
            send(exchange, fault.httpStatus(), fault.toElement());
        } catch (SoapFault fault) {
            send(exchange, fault.httpStatus(), fault.toElement());
        }
    }

    private XmlElement answer(XmlElement request) throws SoapFault, MalformedXmlException {
        var elements = new ConfigurationElements(new DevicePan(device).capabilities(), features);
        Optional<XmlElement> answer = switch (request.namespace()) {
            case OnvifNames.DEVICE -> new DeviceService(features, config.clock(), http.uri()).answer(request);
            case OnvifNames.MEDIA, OnvifNames.MEDIA2 -> new MediaService(features, elements).answer(request);
            case OnvifNames.PTZ -> {
                var moves = new PtzMoves(device, features, elements);
                yield new OnvifPtzService(device, elements, moves, config.clock()).answer(request);
            }
            default -> Optional.empty();
        };
        return answer.orElseThrow(
                () -> SoapFault.receiver("ActionNotSupported", "", "the device does not know " + request.name()));
    }

    private static void send(HttpExchange exchange, int status, XmlElement body) throws IOException {
        DeviceHttp.answer(
                exchange, status, SoapEnvelope.TYPE, SoapEnvelope.of(body).write());
    }
}
