namespace Vireo.Driver.Login;

/// <summary>What a server or a hypervisor may ask of a user (virConnectCredentialType).</summary>
public enum CredentialKind
{
    /// <summary>The identity to act as.</summary>
    Username = 1,
    /// <summary>The identity to log in as.</summary>
    AuthName = 2,
    /// <summary>Languages that the user reads, as RFC 1766 writes them.</summary>
    Language = 3,
    /// <summary>A random value of the client.</summary>
    Cnonce = 4,
    /// <summary>A password.</summary>
    Passphrase = 5,
    /// <summary>An answer that may be shown.</summary>
    EchoPrompt = 6,
    /// <summary>An answer that is not shown.</summary>
    NoEchoPrompt = 7,
    /// <summary>The realm of the identity.</summary>
    Realm = 8,
    /// <summary>Something that a program elsewhere does, named by the challenge.</summary>
    External = 9,
}

/// <summary>One thing to ask.</summary>
/// <param name="Kind">What.</param>
/// <param name="Prompt">How to ask.</param>
/// <param name="Challenge">What it is about: a host, a challenge of the mechanism; may be missing.</param>
/// <param name="Default">The answer if the user has none.</param>
public sealed record Credential(CredentialKind Kind, string Prompt, string? Challenge = null, string? Default = null)
{
    /// <summary>The user's answer; null: none.</summary>
    public string? Answer { get; set; }
}

/// <summary>Whoever can be asked: a person, a key ring, a file.</summary>
public interface ICredentialSource
{
    /// <summary>The kinds that it can answer; mechanisms that need others are not tried.</summary>
    IReadOnlyCollection<CredentialKind> Kinds { get; }

    /// <summary>Fills in the answers; false: the user does not want to.</summary>
    ValueTask<bool> AnswerAsync(IReadOnlyList<Credential> asked, CancellationToken cancel);
}
