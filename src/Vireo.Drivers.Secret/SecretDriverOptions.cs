using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vireo.Host;

namespace Vireo.Drivers.Secret;

/// <summary>What the daemon gives to the secret driver.</summary>
public sealed record SecretDriverOptions
{
    /// <summary>The daemon's places; they also say whether it is the system's or a user's.</summary>
    public required HostPaths Paths { get; init; }

    /// <summary>The log; no value of a secret is ever in it.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;
}
