using System.Runtime.InteropServices;
using System.Text;
using Vireo.Native.Interop;

namespace Vireo.Native.Auth;

/// <summary>Who asks for credentials on the terminal: <c>virConnectAuthPtrDefault</c>, which the assembler file points here.</summary>
static unsafe class DefaultAuth
{
    const int UserName = 1, AuthName = 2, Language = 3, Passphrase = 5, EchoPrompt = 6, NoEchoPrompt = 7, Realm = 8, External = 9;

    [UnmanagedCallersOnly(EntryPoint = "vireo_auth_default_cb")]
    internal static int Ask(CConnectCredential* credentials, uint count, void* data)
    {
        try
        {
            for (uint i = 0; i < count; i++)
            {
                if (!Answer(credentials + i))
                    return -1;
            }
            return 0;
        }
        catch (OutOfMemoryException)
        {
            return -1;
        }
    }

    static bool Answer(CConnectCredential* asked)
    {
        if (asked->Type is External)
            return CMemory.Read(asked->Challenge) is "PolicyKit";   // no agent is started by us: the desktop has one
        string? typed;
        switch (asked->Type)
        {
            case UserName or AuthName or Language or EchoPrompt or Realm:
                Print($"{CMemory.Read(asked->Prompt)}: ");
                typed = ReadLine();
                break;
            case Passphrase or NoEchoPrompt:
                typed = ReadHidden($"{CMemory.Read(asked->Prompt)}: ");
                break;
            default:
                return false;
        }
        if (typed is null)
            return false;
        byte* answer = typed.Length is 0 && asked->DefaultResult is not null ? CMemory.Text(CMemory.Read(asked->DefaultResult)) : CMemory.Text(typed);
        asked->Result = answer;
        asked->ResultLength = (uint)Libc.strlen(answer);
        return true;
    }

    static string? ReadLine()
    {
        var line = new List<byte>();
        byte one;
        while (Libc.read(0, &one, 1) is 1)
        {
            if (one is (byte)'\n')
                return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(line));
            line.Add(one);
        }
        return line.Count > 0 ? Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(line)) : null;
    }

    static string? ReadHidden(string prompt)
    {
        byte* text = CMemory.Text(prompt);
        string? typed = CMemory.Read(TerminalCalls.getpass(text));
        CMemory.Free(text);
        return typed;
    }

    static void Print(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* at = bytes)
            _ = Libc.write(1, at, (nuint)bytes.Length);
    }
}

/// <summary>What the terminal needs of the C library.</summary>
static unsafe partial class TerminalCalls
{
    [LibraryImport("libc")] internal static partial byte* getpass(byte* prompt);
}
