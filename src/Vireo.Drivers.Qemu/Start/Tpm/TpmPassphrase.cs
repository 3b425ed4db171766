using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Vireo.Core;
using Vireo.Core.Errors;
using Vireo.Driver;
using Vireo.Driver.Contracts;
using Vireo.Drivers.Qemu.Machine;
using Vireo.Host.Files;
using Vireo.Host.Processes;

namespace Vireo.Drivers.Qemu.Start.Tpm;

/// <summary>What the memory of a TPM is encrypted with. Programs read it from a descriptor, so that no list of processes shows it.</summary>
sealed class TpmPassphrase : IDisposable
{
    const string Cipher = "aes-256-cbc";
    const int FirstNumber = 4;

    readonly byte[] value;

    TpmPassphrase(byte[] value) => this.value = value;

    /// <summary>Asks for it.</summary>
    /// <param name="keeper">The driver.</param>
    /// <param name="secret">The secret; null: the memory is not encrypted.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="VireoException">VIR_ERR_NO_SECRET: it is not there, or has no value.</exception>
    internal static async ValueTask<TpmPassphrase?> FetchAsync(QemuKeeper keeper, string? secret, CancellationToken cancel)
    {
        if (secret is null)
            return null;
        if (!Uuid.TryParse(secret, out Uuid uuid))
            throw VireoException.Internal(ErrorDomain.Qemu, $"the secret of a TPM, '{secret}', is no uuid");
        ISecretValues values = keeper.Options.Secrets ?? throw VireoException.NoSupport("secrets of TPMs", ErrorDomain.Qemu);
        return new TpmPassphrase(await values.GetValueAsync(new SecretLookup(uuid, null), SecretUsageType.Vtpm, cancel).ConfigureAwait(false));
    }

    /// <summary>For swtpm_setup.</summary>
    internal (string[] Arguments, PassedDescriptor[] Descriptors) ForSetup() =>
        (["--pwdfile-fd", FirstNumber.ToString(CultureInfo.InvariantCulture), "--cipher", Cipher], [Pipe(FirstNumber)]);

    /// <summary>For swtpm: what it keeps, and what it gives to another host.</summary>
    internal (string[] Arguments, PassedDescriptor[] Descriptors) ForEmulator() =>
        (["--key", $"pwdfd={FirstNumber},mode={Cipher}", "--migration-key", $"pwdfd={FirstNumber + 1},mode={Cipher}"], [Pipe(FirstNumber), Pipe(FirstNumber + 1)]);

    // A pipe takes more than any passphrase has.
    PassedDescriptor Pipe(int number)
    {
        (SafeFileHandle read, SafeFileHandle write) = HostPipe.Open();
        using (write)
        using (var stream = new FileStream(write, FileAccess.Write, bufferSize: 0))
            stream.Write(value);
        return new PassedDescriptor(read, number);
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(value);
}
