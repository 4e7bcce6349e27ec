"""What a reviewing officer or child protection chair heard, saw and judged."""
