using System.Security.Cryptography;
using System.Text;

namespace KubeSim.Proxy.Rendering;

/// <summary>How kube-proxy shortens names: SHA-256, the first characters of it in base 32.</summary>
internal static class Base32Hash
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int BitsPerCharacter = 5;
    private const int Short = 256;

    /// <param name="text">What is hashed, as UTF-8.</param>
    /// <param name="length">How many characters, at most 51.</param>
    /// <param name="prefix">What stands before them.</param>
    public static string Of(string text, int length, string prefix = "")
    {
        int size = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = size <= Short ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(text, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        Span<char> characters = stackalloc char[length];
        for (int i = 0; i < length; i++)
        {
            int bit = i * BitsPerCharacter;
            int pair = (hash[bit / 8] << 8) | hash[(bit / 8) + 1];
            characters[i] = Alphabet[(pair >> (16 - BitsPerCharacter - (bit % 8))) & 31];
        }

        return string.Concat(prefix, characters);
    }
}
