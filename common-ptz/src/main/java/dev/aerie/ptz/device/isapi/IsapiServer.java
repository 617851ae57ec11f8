package dev.aerie.ptz.device.isapi;

import com.sun.net.httpserver.HttpExchange;
import dev.aerie.ptz.device.DeviceHttp;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.HttpDigest;
import dev.aerie.ptz.device.PtzDevice;
import dev.aerie.ptz.isapi.IsapiScale;
import dev.aerie.ptz.isapi.IsapiXml;
import dev.aerie.ptz.xml.MalformedXmlException;
import dev.aerie.ptz.xml.XmlElement;
import dev.aerie.ptz.xml.XmlText;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/// Serves a camera's motors as channel 1 of a Hikvision camera: `/ISAPI/PTZCtrl/channels/1/…` with Digest.
///
/// Source: Hikvision, ISAPI 2.0 PTZ service. Owns its port until [#close], which stops the motors.
public final class IsapiServer implements AutoCloseable {

    private static final String ROOT = "/ISAPI/PTZCtrl/channels/1/";

    private final PtzDevice device;
    private final IsapiFeatures features;
    private final IsapiDocuments documents;
    private final IsapiCommands commands;
    private final HttpDigest digest;
    private final DeviceHttp http;

    private IsapiServer(PtzDevice device, IsapiFeatures features, DeviceServerConfig config) throws IOException {
        this.device = device;
        this.features = features;
        var scale = new IsapiScale(device.capabilities().maxSpeed(), features.tiltSign());
        this.documents = new IsapiDocuments(device, features, scale);
        this.commands = new IsapiCommands(device, features, scale);
        this.digest = new HttpDigest(config.credentials(), config.clock());
        this.http = DeviceHttp.start("isapi-device", config, this::handle);
    }

    /// Begins to serve; throws [IOException] where the port is taken.
    public static IsapiServer start(PtzDevice device, IsapiFeatures features, DeviceServerConfig config)
            throws IOException {
        return new IsapiServer(device, features, config);
    }

    /// What a client's `url` must be.
    public URI uri() {
        return http.uri();
    }

    @Override
    public void close() {
        http.close();
        device.stop();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = DeviceHttp.body(exchange);
        try {
            if (!digest.isAllowed(exchange)) {
                digest.challenge(exchange);
                throw IsapiStatus.unauthorized();
            }
            if (!path.startsWith(ROOT)) {
                throw IsapiStatus.notSupported();
            }
            send(exchange, 200, answer(exchange.getRequestMethod(), path.substring(ROOT.length()), path, body));
        } catch (MalformedXmlException _) {
            send(exchange, IsapiStatus.noXml().httpStatus(), IsapiStatus.noXml().document(path));
        } catch (IsapiStatus refused) {
            send(exchange, refused.httpStatus(), refused.document(path));
        }
    }

    private XmlElement answer(String method, String path, String url, byte[] body)
            throws IsapiStatus, MalformedXmlException {
        return switch (method) {
            case "GET" -> document(path);
            case "PUT" -> {
                command(path, body);
                yield IsapiStatus.done(url);
            }
            case "DELETE" -> {
                commands.removePreset(preset(path));
                yield IsapiStatus.done(url);
            }
            default -> throw IsapiStatus.wrongMethod();
        };
    }

    private XmlElement document(String path) throws IsapiStatus {
        boolean says = device.capabilities().reportsPosition();
        if (path.equals("capabilities")) {
            return documents.capabilities();
        }
        if (path.equals("presets")) {
            return documents.presets();
        }
        if (path.equals("status") && says) {
            return documents.status();
        }
        if (path.equals("absoluteEx") && says && features.absoluteEx()) {
            return documents.absoluteEx();
        }
        throw IsapiStatus.notSupported();
    }

    private void command(String path, byte[] body) throws IsapiStatus, MalformedXmlException {
        switch (path) {
            case "continuous" -> commands.continuous(XmlText.parse(body));
            case "momentary" -> commands.momentary(XmlText.parse(body));
            case "absolute" -> commands.absolute(XmlText.parse(body));
            case "absoluteEx" -> commands.absoluteEx(XmlText.parse(body));
            default -> {
                if (path.endsWith("/goto")) {
                    commands.goToPreset(preset(path.substring(0, path.length() - "/goto".length())));
                } else {
                    commands.savePreset(preset(path), XmlText.parse(body));
                }
            }
        }
    }

    private static String preset(String path) throws IsapiStatus {
        var parts = List.of(path.split("/", -1));
        if (parts.size() != 2 || !parts.getFirst().equals("presets")) {
            throw IsapiStatus.notSupported();
        }
        return parts.getLast();
    }

    /// In the namespace of this camera.
    private void send(HttpExchange exchange, int status, XmlElement document) throws IOException {
        String text = XmlText.write(document.withAttribute("version", "2.0"), Map.of(IsapiXml.NAMESPACE, ""))
                .replace(IsapiXml.NAMESPACE, features.namespace());
        DeviceHttp.answer(exchange, status, IsapiXml.TYPE, text);
    }
}
