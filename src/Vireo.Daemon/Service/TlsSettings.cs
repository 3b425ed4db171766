using Microsoft.Extensions.Logging;
using Vireo.Core.Config;
using Vireo.Core.Errors;
using Vireo.Host;
using Vireo.Rpc.Security;

namespace Vireo.Daemon.Service;

/// <summary>The TLS service that a configuration asks for.</summary>
static class TlsSettings
{
    internal static TlsService Load(LibvirtdConfig config, HostPaths paths, ILogger log) => TlsService.Load(Files(config, paths), new TlsRules
    {
        NoSanity = config.TlsNoSanityCertificate,
        NoVerify = config.TlsNoVerifyCertificate,
        AllowedNames = config.TlsAllowedDnList,
        Priority = TlsPriority.Parse(config.TlsPriority),
    }, log);

    /// <summary>Either all of the files are named, or libvirt's places are looked at: the host's, or as a user one's own before those.</summary>
    internal static TlsFiles Files(LibvirtdConfig config, HostPaths paths)
    {
        if (config is { CaFile: null, CertFile: null, KeyFile: null })
            return Default(paths) with { Crl = config.CrlFile ?? Default(paths).Crl };
        return new TlsFiles(
            config.CaFile ?? throw Missing("No CA certificate path set to match server key/cert"),
            config.CertFile ?? throw Missing("No server certificate path set to match server key"),
            config.KeyFile ?? throw Missing("No server key path set to match server cert"),
            config.CrlFile);
    }

    static VireoException Missing(string what) => new(ErrorCode.ConfigUnsupported, ErrorDomain.Conf, what);

    static TlsFiles Default(HostPaths paths)
    {
        string etc = Path.Join(paths.Root, "/etc/pki");
        var host = new TlsFiles(Path.Join(etc, "CA/cacert.pem"), Path.Join(etc, "libvirt/servercert.pem"),
            Path.Join(etc, "libvirt/private/serverkey.pem"), Path.Join(etc, "CA/cacrl.pem"));
        if (paths.Privileged)
            return host;
        string home = Path.Join(paths.Root, Environment.GetEnvironmentVariable("HOME") ?? "/", ".pki/libvirt");
        bool pair = File.Exists(Path.Join(home, "servercert.pem")) && File.Exists(Path.Join(home, "serverkey.pem"));
        return new TlsFiles(
            Own("cacert.pem") ?? host.Ca,
            pair ? Path.Join(home, "servercert.pem") : host.Certificate,
            pair ? Path.Join(home, "serverkey.pem") : host.Key,
            Own("cacrl.pem") ?? host.Crl);

        string? Own(string name) => File.Exists(Path.Join(home, name)) ? Path.Join(home, name) : null;
    }
}
