/// Access tokens for the default issuer and audience, made once by PyJWT with a key that serves nothing else.
enum SignedTokens {
    /// The set with their public key.
    static let keys = #"""
        {"keys":[{"kty":"RSA","kid":"tests","use":"sig","n":"1Csw6X-cfJuMLpX_FAFaxmLnhVl7jwOoO_IvsWmYgoK\#
        sPn7IT-HPt0sonW3z5xc581az7n-MOjRZdUBTtLaID2KcgYtSgwnnXWmGpkQipnb0SVE-4hnf8yhAATVCYx9YCfJa4_qu-8p\#
        4vTrXH0taOjGQGVZrlTZUS9aDzvGWKhdz9K_zRBWrZ-M1Sf_Y5Aiy_UIGsniQ9-BoaSCMXWdrQCShWRfQWKw-WYByW4ENRgW\#
        c9vcCHn70sGwmX8NLv3taG14IWiWtbfZaso8CRHbMOysqWPqHcGpmf1toV_W3UggeXNdYIbwgZ59SpOUJ1_eTzpP7Vdz2U0c\#
        I96GDHjBN7w","e":"AQAB"}]}
        """#

    /// Good until the year 2200.
    static let good = #"""
        eyJhbGciOiJSUzI1NiIsImtpZCI6InRlc3RzIiwidHlwIjoiSldUIn0.eyJpc3MiOiJodHRwczovL2F1dGguY29kZWxhYi5s\#
        b2NhbCIsImF1ZCI6ImNvZGVsYWItYXBpIiwidHlwZSI6ImFjY2VzcyIsImV4cCI6NzI1ODExODQwMH0.lARxqmsu9-c6PZro\#
        5SiD-DBgMZSmmUiX82zEJvDUlHAXnAIggjxdOMeHciabb9fdCchE5FTr6teTBYzHfcS6RIomEMfgrqcqu5-N80To9y3KBsAc\#
        _wtdQzcD5a445YCKvCz02ZGRhXV7yFTF0VhUrCYdfET-4EzPA2HqDRnlluPo0bZTa7XBEo12fBbDa7a9Iit4thosknNLmKT4\#
        G2skaZ9u3Q4tuuXads18SUZpWKMjJaqQa0azBCpKA6l9Gmr_IpY81N0TkCsK96-jwSt7U15th3cf-P9lxz5MRQ6bT7u50Gie\#
        GS_seYiyvZEjRuIRpQvJju_zNSDfZ2CA8gykLA
        """#

    /// Good but for its expiry, in 1970.
    static let expired = #"""
        eyJhbGciOiJSUzI1NiIsImtpZCI6InRlc3RzIiwidHlwIjoiSldUIn0.eyJpc3MiOiJodHRwczovL2F1dGguY29kZWxhYi5s\#
        b2NhbCIsImF1ZCI6ImNvZGVsYWItYXBpIiwidHlwZSI6ImFjY2VzcyIsImV4cCI6MX0.bqdlVeJ9KJXV6r0CVO1Hj2Em15tz\#
        ihi1p7tQGSPVQdhWTWjNCZZZsfLZSb_IXpQxNugdJDBMiElvKEOHMv9mUYReKCC6sZALpE2D572b4q018B-mqLPrYB56ll1F\#
        u6KZ-usCAVqoVYIy2fMuaKqMLFjzhW5QfUtoMmYFDZ00fyrjp_Air5Hey2HR3-txwXcxHzcp8U_0aOo_SY0k_gOQQcBQSh7J\#
        GtEv_EEt5Et_1_XqPZveWFwQc4sF_OoGMvFg6dvfoGWFgnIR3MNxqI_O2tZA9BJ7aJON98xt4plfBAxJLEgT7NnefIb-Pi8b\#
        tuZbJw2M395LNVBwqR-MSAFrdg
        """#

    /// Good, but the name of its key is in no set.
    static let ofAnotherKey = #"""
        eyJhbGciOiJSUzI1NiIsImtpZCI6ImFub3RoZXIiLCJ0eXAiOiJKV1QifQ.eyJpc3MiOiJodHRwczovL2F1dGguY29kZWxhY\#
        i5sb2NhbCIsImF1ZCI6ImNvZGVsYWItYXBpIiwidHlwZSI6ImFjY2VzcyIsImV4cCI6NzI1ODExODQwMH0.L94ePQj-dT5J1\#
        tCzLl9KcVIx-mBuA_XaDgoy8IOVNbIzF9i3QJIh_wlCZ4oVG8fr4xspSDo1jzDzbQXqkmlf-_TbwANhL8GFWH4iXEIyKo9au\#
        Rhg96ITIhchF8p0oe5H40UCzta95ErmATaeU-cNt6rXIrdKyqR6rwIp-uOU9vNVnHVPn6-rOTZJ1KMQRbrYiCgpSERsNg1CM\#
        eKEp-qlC9xyPmIFJc8d8346bHM22WUJoOUzQ0fY2e9MR4_KvQm1XwCVVSNFPMaoa3CkhKZadz5xzMPkg8Kgji_-Gx9wPK4DC\#
        5DBo-u2cH5RoxpTcFW3GFkVPJ6fpTpLN8yuK0TSmQ
        """#
}
