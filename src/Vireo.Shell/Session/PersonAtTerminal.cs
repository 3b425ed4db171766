using Vireo.Driver.Login;

namespace Vireo.Shell.Session;

/// <summary>Asks whoever sits at standard input.</summary>
sealed class PersonAtTerminal(TextReader input, TextWriter output) : ICredentialSource
{
    public IReadOnlyCollection<CredentialKind> Kinds { get; } =
        [CredentialKind.AuthName, CredentialKind.EchoPrompt, CredentialKind.Realm, CredentialKind.Passphrase, CredentialKind.NoEchoPrompt];

    public async ValueTask<bool> AnswerAsync(IReadOnlyList<Credential> asked, CancellationToken cancel)
    {
        foreach (Credential one in asked)
        {
            await output.WriteAsync($"{one.Prompt}: ");
            await output.FlushAsync(cancel);
            bool hidden = one.Kind is CredentialKind.Passphrase or CredentialKind.NoEchoPrompt;
            using (hidden ? Terminal.HideTyping() : null)
            {
                // As with virsh, an input that is at its end says nothing.
                string line = await input.ReadLineAsync(cancel) ?? "";
                one.Answer = line.Length > 0 ? line : one.Default ?? "";
            }
            if (hidden && Terminal.IsTerminal)
                await output.WriteAsync("\n");
        }
        return true;
    }
}
